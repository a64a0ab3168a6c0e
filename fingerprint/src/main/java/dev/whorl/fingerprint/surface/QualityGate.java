package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.CaptureMetadata;
import dev.whorl.fingerprint.capture.Frames;
import dev.whorl.fingerprint.capture.Lamp;
import dev.whorl.fingerprint.capture.UnfitCapture;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Refuses captures that cannot be read, each with what was measured, the limit and the remedy. The
 * limits are wide: a poor capture that still reads is better judged by its own standard errors than
 * refused here.
 */
final class QualityGate {
  /** Beyond this one slope direction is noise: lamps all on one side, or nearly overhead. */
  static final double MAX_CONDITION = 10;

  /** Half a percent of full scale is 1 of 255 in linear 8 bit: nothing left to divide. */
  static final double MIN_LIGHT = 0.005;

  /** A lamp this much weaker than its peers is out, or its frame was taken too late. */
  static final double MIN_LAMP_SHARE = 0.08;

  /** Ambient light above this part of a lit frame carries as much shading as the lamp. */
  static final double MAX_AMBIENT = 0.6;

  /**
   * Saturated coupon under any one lamp. Gloss takes a few percent and is dropped per pixel; when a
   * quarter is gone whole regions have too few lamps.
   */
  static final double MAX_SATURATED = 0.25;

  /** Frames of two lamps agree this well only when they are the same light. */
  static final double MAX_LIKENESS = 0.985;

  /** Lamps closer together than this may well look alike. */
  static final double MIN_APART_DEG = 20;

  /**
   * A lamp's light may come from elsewhere than claimed by this much: rigs are set up by eye and
   * the relief's own estimate errs by up to 10 degrees under cast shadows; mixed-up neighbours of
   * eight lamps differ by 45.
   */
  static final double MAX_LAMP_OFF_DEG = 35;

  /** Part of the coupon that must lie within the photograph. */
  static final double MIN_IN_VIEW = 0.95;

  /**
   * Correlation of measured with programmed slopes. Another layout or a blank plate gives below
   * 0.1; a rendering with strong gloss, shadows and blur still gives 0.4.
   */
  static final double MIN_MATCH = 0.25;

  /**
   * Relief kept at bead scale. Round beads in focus give about 1, flat ones 0.4; a blur of 0.15 mm
   * sd leaves a tenth of either, and neighbouring beads melt into one.
   */
  static final double MIN_DETAIL = 0.12;

  private QualityGate() {}

  static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * part);
  }

  static void lampsSpan(List<Lamp> lamps) throws UnfitCapture {
    double condition = LampModel.condition(lamps);
    if (condition > MAX_CONDITION) {
      throw new UnfitCapture(
          "lamp directions",
          condition > 1e6
              ? "all in one plane"
              : String.format(Locale.ROOT, "condition %.0f", condition),
          String.format(Locale.ROOT, "condition %.0f", MAX_CONDITION),
          "spread the lamps around the coupon, 15 to 60 degrees above the bed");
    }
  }

  static void light(CaptureMetadata metadata, Frames frames) throws UnfitCapture {
    int n = frames.size();
    double[] own = new double[n];
    for (int k = 0; k < n; k++) {
      own[k] = Math.max(0, frames.meanLight(k) - frames.darkLight());
    }
    double lit = median(own);
    double total = lit + frames.darkLight();
    if (frames.darkLight() > MAX_AMBIENT * total && total > MIN_LIGHT) {
      throw new UnfitCapture(
          "ambient light",
          percent(frames.darkLight() / total) + " of a lit frame",
          percent(MAX_AMBIENT),
          "darken the room or shield the bench, or shorten the exposure under brighter lamps");
    }
    if (lit < MIN_LIGHT) {
      throw new UnfitCapture(
          "exposure",
          percent(lit) + " of full scale under the median lamp",
          "at least " + percent(MIN_LIGHT),
          "expose longer, and check that the lamps light");
    }
    for (int k = 0; k < n; k++) {
      if (own[k] < MIN_LAMP_SHARE * lit) {
        throw new UnfitCapture(
            "lamp " + metadata.lamps().get(k).name(),
            percent(own[k] / lit) + " of the median lamp's light",
            "at least " + percent(MIN_LAMP_SHARE),
            "check that this lamp lights, and capture again");
      }
      if (frames.saturated(k) > 0.9) {
        throw saturated(metadata.lamps().get(k), frames.saturated(k), 0.9);
      }
    }
  }

  private static UnfitCapture saturated(Lamp lamp, double measured, double limit) {
    return new UnfitCapture(
        "saturation under lamp " + lamp.name(),
        percent(measured) + " at full scale",
        percent(limit),
        "expose shorter");
  }

  static void saturation(List<Lamp> lamps, double[] saturated) throws UnfitCapture {
    for (int k = 0; k < saturated.length; k++) {
      if (saturated[k] > MAX_SATURATED) {
        throw saturated(lamps.get(k), saturated[k], MAX_SATURATED);
      }
    }
  }

  static void distinct(List<Lamp> lamps, float[][] contrast) throws UnfitCapture {
    for (int a = 0; a < contrast.length; a++) {
      for (int b = a + 1; b < contrast.length; b++) {
        double[] da = lamps.get(a).direction();
        double[] db = lamps.get(b).direction();
        double cos = da[0] * db[0] + da[1] * db[1] + da[2] * db[2];
        if (cos > Math.cos(Math.toRadians(MIN_APART_DEG))) {
          continue;
        }
        double likeness = correlation(contrast[a], contrast[b]);
        if (likeness > MAX_LIKENESS) {
          throw new UnfitCapture(
              "lamps " + lamps.get(a).name() + " and " + lamps.get(b).name(),
              String.format(Locale.ROOT, "frames %.3f alike", likeness),
              String.format(Locale.ROOT, "%.3f", MAX_LIKENESS),
              "check that each lamp switches by itself and that no frame was saved twice");
        }
      }
    }
  }

  static void directions(List<LampCheck.Direction> directions) throws UnfitCapture {
    for (LampCheck.Direction d : directions) {
      if (d.offDeg() > MAX_LAMP_OFF_DEG) {
        throw new UnfitCapture(
            "lamp " + d.lamp().name(),
            String.format(
                Locale.ROOT, "its light comes from %.0f degrees off its azimuth", d.offDeg()),
            String.format(Locale.ROOT, "%.0f degrees", MAX_LAMP_OFF_DEG),
            "check which lamp is wired to which name, and their azimuths in the config");
      }
    }
  }

  static void inView(double part) throws UnfitCapture {
    if (part < MIN_IN_VIEW) {
      throw new UnfitCapture(
          "coupon in view",
          percent(part),
          "at least " + percent(MIN_IN_VIEW),
          "move the camera over the coupon's centre, or farther away");
    }
  }

  static UnfitCapture mismatch(double match) {
    return new UnfitCapture(
        "relief",
        String.format(Locale.ROOT, "matches the program to %.2f", match),
        String.format(Locale.ROOT, "at least %.2f", MIN_MATCH),
        "use the program this coupon was printed with, and check focus and lamps");
  }

  static void sharp(double detail) throws UnfitCapture {
    if (!(detail >= MIN_DETAIL)) {
      throw new UnfitCapture(
          "sharpness",
          percent(detail) + " of the relief is left at bead scale",
          "at least " + percent(MIN_DETAIL),
          "focus the camera on the coupon's top face and let it come to rest before each frame");
    }
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  private static double correlation(float[] a, float[] b) {
    double aa = 1e-12;
    double bb = 1e-12;
    double ab = 0;
    for (int i = 0; i < a.length; i++) {
      aa += a[i] * a[i];
      bb += b[i] * b[i];
      ab += a[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
