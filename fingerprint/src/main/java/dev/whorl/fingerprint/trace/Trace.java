package dev.whorl.fingerprint.trace;

import org.jspecify.annotations.Nullable;

/**
 * One path as found on the surface, in short bins along it.
 *
 * @param path what was traced
 * @param binMm length of a bin
 * @param sMm middle of each bin along the path's line
 * @param lateralUm how far the middle lies to the left of where the program puts it
 * @param lateralSeUm standard error, from the scatter of neighbouring bins
 * @param widening width over the mean of its shape, minus 1
 * @param wideningSe standard error, from the scatter of neighbouring bins
 */
@SuppressWarnings("ArrayRecordComponent")
public record Trace(
    Path path,
    double binMm,
    double[] sMm,
    double[] lateralUm,
    double[] lateralSeUm,
    double[] widening,
    double[] wideningSe) {

  /** How many bins could be read. */
  public int size() {
    return sMm.length;
  }

  /** Nominal coupon x of a bin. */
  public double xMm(int bin) {
    return path.line().xMm(sMm[bin], 0);
  }

  /** Nominal coupon y of a bin. */
  public double yMm(int bin) {
    return path.line().yMm(sMm[bin], 0);
  }

  /** Index of the bin at s, or -1 where that bin could not be read. */
  int indexOf(double s) {
    for (int i = 0; i < sMm.length; i++) {
      if (Math.abs(sMm[i] - s) < 0.25 * binMm) {
        return i;
      }
    }
    return -1;
  }

  static @Nullable Trace of(Path path, Strip strip, @Nullable ProfileFit[] fits, Warp warp) {
    int n = 0;
    for (ProfileFit fit : fits) {
      n += fit == null ? 0 : 1;
    }
    if (n < 2 || n < 0.4 * fits.length) {
      return null;
    }
    Trace trace =
        new Trace(
            path,
            strip.binMm,
            new double[n],
            new double[n],
            new double[n],
            new double[n],
            new double[n]);
    double nx = -path.line().directionY();
    double ny = path.line().directionX();
    int i = 0;
    for (int b = 0; b < fits.length; b++) {
      ProfileFit fit = fits[b];
      if (fit != null) {
        double s = strip.sMm[b];
        double x = path.line().xMm(s, 0);
        double y = path.line().yMm(s, 0);
        trace.sMm[i] = s;
        trace.lateralUm[i] = 1000 * (fit.shiftMm() + nx * warp.dxMm(x, y) + ny * warp.dyMm(x, y));
        trace.lateralSeUm[i] = 1000 * Math.sqrt(fit.shiftVariance());
        trace.widening[i] = fit.widening();
        trace.wideningSe[i] = Math.sqrt(fit.wideningVariance());
        i++;
      }
    }
    return trace;
  }
}
