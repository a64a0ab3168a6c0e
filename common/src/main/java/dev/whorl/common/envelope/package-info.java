/** Ed25519 keys and DSSE envelopes. */
@org.jspecify.annotations.NullMarked
package dev.whorl.common.envelope;
