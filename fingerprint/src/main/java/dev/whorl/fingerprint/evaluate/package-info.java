/**
 * How well printers are told apart, in the figures of ISO/IEC 19795: from labelled scores to error
 * rates, calibration and identification, with confidence limits. No figure here is of a closed set
 * alone.
 */
package dev.whorl.fingerprint.evaluate;
