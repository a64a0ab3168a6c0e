package dev.whorl.fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * How the frame resonates, heard by an accelerometer.
 *
 * @param x driven along machine X, null where not measured
 * @param y driven along machine Y, null where not measured
 */
public record VibrationComponent(@Nullable Resonance x, @Nullable Resonance y) {}
