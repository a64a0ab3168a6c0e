/**
 * Fingerprints without pictures: what a coupon of a machine would have measured, drawn from the
 * machine and a model of measurement that was fitted on rendered coupons.
 */
@NullMarked
package dev.whorl.bench.feature;

import org.jspecify.annotations.NullMarked;
