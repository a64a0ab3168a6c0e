package dev.whorl.sim.camera;

import java.util.Locale;

/**
 * A small lamp beside the bed, pointed at the middle of what is photographed.
 *
 * @param name what commands call it
 * @param azimuthDeg where its light comes from, counter-clockwise from machine +X
 * @param elevationDeg above the bed's plane
 * @param distanceMm from the middle of what is photographed
 */
public record SimLamp(String name, double azimuthDeg, double elevationDeg, double distanceMm) {

  /** Checks that it stands above the bed. */
  public SimLamp {
    if (!(elevationDeg > 0 && elevationDeg <= 90 && distanceMm > 0)
        || Double.isNaN(azimuthDeg)
        || Double.isInfinite(azimuthDeg)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "lamp %s at azimuth %s, elevation %s, distance %s mm does not shine on the bed; give an"
                  + " elevation above 0 and up to 90 degrees and a distance above 0",
              name,
              azimuthDeg,
              elevationDeg,
              distanceMm));
    }
  }

  double xMm() {
    return horizontalMm() * Math.cos(Math.toRadians(azimuthDeg));
  }

  double yMm() {
    return horizontalMm() * Math.sin(Math.toRadians(azimuthDeg));
  }

  double zMm() {
    return distanceMm * Math.sin(Math.toRadians(elevationDeg));
  }

  private double horizontalMm() {
    return distanceMm * Math.cos(Math.toRadians(elevationDeg));
  }
}
