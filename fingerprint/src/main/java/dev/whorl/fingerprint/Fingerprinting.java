package dev.whorl.fingerprint;

import dev.whorl.fingerprint.surface.Surface;
import dev.whorl.fingerprint.trace.Tracing;

/**
 * A fingerprint and what it was read from, for pictures and reports.
 *
 * @param fingerprint the result
 * @param surface the coupon's top face
 * @param tracing the beads found on it
 */
public record Fingerprinting(Fingerprint fingerprint, Surface surface, Tracing tracing) {}
