package dev.whorl.registry.store;

import java.time.Instant;

/**
 * A fingerprint as it came.
 *
 * @param digest of the signed payload it was part of
 * @param taken when the capture was taken, by the agent's clock
 * @param received when it was stored, by ours
 * @param json the fingerprint object
 */
public record StoredFingerprint(
    String digest, String printer, String run, Instant taken, Instant received, String json) {}
