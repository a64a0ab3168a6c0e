package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.Lamp;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each lamp's light really came from, told by the relief: to first order its contrast is
 * minus the expected slope times the lamp's horizontal direction.
 */
final class LampCheck {
  private LampCheck() {}

  /**
   * One lamp's light.
   *
   * @param claimedDeg azimuth as the capture says, relative to the mean of all lamps
   * @param measuredDeg azimuth as the relief shows
   * @param strength measured over expected contrast along the claimed direction; about 1
   */
  record Direction(Lamp lamp, double claimedDeg, double measuredDeg, double strength) {
    /** How far apart the two azimuths are, 0..180. */
    double offDeg() {
      return Math.abs(Math.IEEEremainder(measuredDeg - claimedDeg, 360));
    }
  }

  /** Lamps that differ from the mean of all too little to have a direction are left out. */
  static List<Direction> directions(
      CoarseShading shading, List<Lamp> lamps, ExpectedRelief relief, Homography couponToCoarse) {
    double sigmaPx = 0.2 * relief.pxPerMm;
    float[] mx = Blur.gaussian(relief.slopeX, relief.width, relief.height, sigmaPx);
    float[] my = Blur.gaussian(relief.slopeY, relief.width, relief.height, sigmaPx);
    double s = 1 / relief.pxPerMm;
    double o = -relief.marginPx * s;
    Homography grid = couponToCoarse.after(Homography.affine(s, 0, o, 0, s, o));
    double[][] q = shading.cotangents();
    double meanX = 0;
    double meanY = 0;
    for (double[] one : q) {
      meanX += one[0] / q.length;
      meanY += one[1] / q.length;
    }
    List<Direction> directions = new ArrayList<>();
    for (int k = 0; k < q.length; k++) {
      float[] c =
          Blur.gaussian(
              Warp.floats(
                  shading.contrast[k],
                  shading.width,
                  shading.height,
                  grid,
                  relief.width,
                  relief.height),
              relief.width,
              relief.height,
              sigmaPx);
      double xx = 1e-12;
      double xy = 0;
      double yy = 1e-12;
      double xc = 0;
      double yc = 0;
      for (int r = relief.marginPx; r < relief.height - relief.marginPx; r++) {
        for (int col = relief.marginPx; col < relief.width - relief.marginPx; col++) {
          int i = r * relief.width + col;
          xx += mx[i] * mx[i];
          xy += mx[i] * my[i];
          yy += my[i] * my[i];
          xc -= mx[i] * c[i];
          yc -= my[i] * c[i];
        }
      }
      double det = xx * yy - xy * xy;
      double x = (yy * xc - xy * yc) / det;
      double y = (xx * yc - xy * xc) / det;
      double qx = q[k][0] - meanX;
      double qy = q[k][1] - meanY;
      double claimed = Math.hypot(qx, qy);
      if (claimed < 0.2 * Math.hypot(q[k][0], q[k][1]) || claimed < 0.1) {
        continue;
      }
      directions.add(
          new Direction(
              lamps.get(k),
              Math.toDegrees(Math.atan2(qy, qx)),
              Math.toDegrees(Math.atan2(y, x)),
              (x * qx + y * qy) / (claimed * claimed)));
    }
    return directions;
  }
}
