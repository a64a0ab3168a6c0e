package dev.whorl.fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * How the frame swings after a velocity step.
 *
 * @param x along machine X, null where not measured
 * @param y along machine Y, null where not measured
 */
public record RingingComponent(@Nullable Ring x, @Nullable Ring y) {}
