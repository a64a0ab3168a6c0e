/**
 * Two fingerprints in, a likelihood ratio out: whether the same printer made both, and which of its
 * parts was changed in between. Nothing here reads images, files or clocks.
 */
package dev.whorl.fingerprint.compare;
