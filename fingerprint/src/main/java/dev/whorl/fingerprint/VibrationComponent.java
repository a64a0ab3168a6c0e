package dev.whorl.fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * What an accelerometer on the toolhead heard while the frame was shaken.
 *
 * @param x shaken along machine X, null where not measured
 * @param y shaken along machine Y, null where not measured
 */
public record VibrationComponent(@Nullable Resonance x, @Nullable Resonance y) {}
