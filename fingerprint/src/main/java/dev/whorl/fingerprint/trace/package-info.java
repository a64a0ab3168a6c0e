/**
 * Finds each bead on the surface to a fraction of a pixel: where its middle is and how wide it is,
 * along its length. The shape of a bead is learned from the coupon itself.
 */
package dev.whorl.fingerprint.trace;
