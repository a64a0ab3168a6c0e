/** From linear frames to the coupon's slopes in its own coordinates, and whether to trust them. */
package dev.whorl.fingerprint.surface;
