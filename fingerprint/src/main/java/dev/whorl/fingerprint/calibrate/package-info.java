/** Fits on labelled printers how likelihood ratios must be scaled to mean what they say. */
@org.jspecify.annotations.NullMarked
package dev.whorl.fingerprint.calibrate;
