/**
 * What is known of a printer from all its coupons: a state for each component that follows the
 * printer, by how much it may walk, and what is done when a part was changed.
 */
@org.jspecify.annotations.NullMarked
package dev.whorl.fingerprint.template;
