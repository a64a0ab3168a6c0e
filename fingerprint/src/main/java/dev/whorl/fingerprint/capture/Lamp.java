package dev.whorl.fingerprint.capture;

import java.util.OptionalDouble;

/**
 * One lamp and the frame taken under it.
 *
 * @param name as the bench calls it
 * @param file name of its frame within the capture
 * @param azimuthDeg where the light comes from, counter-clockwise from machine +X
 * @param elevationDeg above the bed, seen from the coupon's centre; within (0, 90)
 * @param distanceMm from the coupon's centre, where known
 */
public record Lamp(
    String name, String file, double azimuthDeg, double elevationDeg, OptionalDouble distanceMm) {

  /** Unit vector from the coupon's centre towards the lamp, machine axes. */
  public double[] direction() {
    double azimuth = Math.toRadians(azimuthDeg);
    double elevation = Math.toRadians(elevationDeg);
    return new double[] {
      Math.cos(elevation) * Math.cos(azimuth),
      Math.cos(elevation) * Math.sin(azimuth),
      Math.sin(elevation)
    };
  }
}
