package dev.whorl.fingerprint;

import dev.whorl.fingerprint.surface.Surface;
import dev.whorl.fingerprint.trace.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint and what it was read from, for pictures and reports.
 *
 * @param fingerprint the result
 * @param surface the coupon's top face
 * @param tracing the beads found on it
 */
public record Fingerprinting(Fingerprint fingerprint, Surface surface, Tracing tracing) {
  /** The same with what was measured beside the coupon. */
  public Fingerprinting with(@Nullable VibrationComponent vibration, @Nullable MeshComponent mesh) {
    return new Fingerprinting(fingerprint.with(vibration, mesh), surface, tracing);
  }
}
