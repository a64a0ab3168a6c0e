package dev.whorl.hardware;

import org.jspecify.annotations.Nullable;

/**
 * One lamp as the config names it.
 *
 * @param name what frames and the lamp driver call it
 * @param gpio BCM pin number, for the gpio driver
 * @param azimuthDeg where its light comes from, counter-clockwise from machine +X
 * @param elevationDeg above the bed plane
 * @param distanceMm from the coupon's centre, null where unknown
 * @param activeLow whether the pin is driven low to light it
 */
public record LampSettings(
    String name,
    @Nullable Integer gpio,
    double azimuthDeg,
    double elevationDeg,
    @Nullable Double distanceMm,
    boolean activeLow) {}
