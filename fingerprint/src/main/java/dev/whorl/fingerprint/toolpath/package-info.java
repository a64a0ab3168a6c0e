/** What the annotated program told the printer to draw, in the coupon's own coordinates. */
package dev.whorl.fingerprint.toolpath;
