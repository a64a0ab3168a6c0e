package dev.whorl.fingerprint.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What comparisons were calibrated with: how each component's ratio and the ratio of all together
 * are scaled so that they mean what they say, and on which printers that was fitted.
 *
 * @param fittedOn on what the scales were fitted
 * @param ratesFactor how many times more often than usual parts are taken to be changed; 1 as a
 *     rule, a quarter and four to see how much depends on it
 * @param components the scale of each component's log10 ratio, by {@link #group}; one that is
 *     missing is left as it is
 * @param fused the scale of the log10 ratio of all together
 */
public record ScoreModels(
    FittedOn fittedOn, double ratesFactor, Map<String, Scale> components, Scale fused) {
  private static final String SHIPPED = "score-models.json";

  /** More than this of either side is no usual rate of change any more. */
  private static final double MOST_RATES = 1000;

  public ScoreModels {
    if (!(ratesFactor >= 1 / MOST_RATES && ratesFactor <= MOST_RATES)) {
      throw new IllegalArgumentException(
          "rates_factor " + ratesFactor + " is not between 0.001 and 1000");
    }
    components = Collections.unmodifiableMap(new TreeMap<>(components));
  }

  /**
   * Where scales come from.
   *
   * @param text for a person: which printers
   * @param printers how many
   * @param fingerprints how many
   * @param simulated whether they were simulated
   * @param algorithm what had measured them
   */
  public record FittedOn(
      String text, int printers, int fingerprints, boolean simulated, String algorithm) {}

  /**
   * A straight line: {@code slope x + offset + perTimeDecade log10(1 + days)}.
   *
   * @param slope 1 for a ratio that is worth what it says
   * @param offset log10
   * @param perTimeDecade log10 for every tenfold of the days between
   */
  public record Scale(double slope, double offset, double perTimeDecade) {
    /** Leaves everything as it is. */
    public static final Scale NONE = new Scale(1, 0, 0);

    private static final double YEAR_DAYS = 365.25;

    public Scale {
      if (!(slope > 0 && slope < 100)
          || !(Math.abs(offset) < 100 && Math.abs(perTimeDecade) < 100)) {
        throw new IllegalArgumentException(
            "a scale of slope "
                + slope
                + ", offset "
                + offset
                + " and per_time_decade "
                + perTimeDecade
                + " is none: slope must be above 0, all below 100");
      }
    }

    /** The scaled log10 ratio. */
    public double of(double log10, double years) {
      return slope * log10 + offset + perTimeDecade * timeDecades(years);
    }

    /** log10(1 + days). */
    public static double timeDecades(double years) {
      return Math.log10(1 + Math.max(0, years) * YEAR_DAYS);
    }
  }

  /** Nothing scaled: the model as it stands. */
  public static ScoreModels unscaled() {
    return new ScoreModels(
        new FittedOn("nothing: the model's own ratios", 0, 0, false, ""), 1, Map.of(), Scale.NONE);
  }

  /** What comes with this version. */
  public static ScoreModels shipped() {
    return Shipped.MODELS;
  }

  /** The same with other rates of change. */
  public ScoreModels withRates(double factor) {
    return new ScoreModels(fittedOn, factor, components, fused);
  }

  /** Under which name a component is scaled: both axes are alike. */
  public static String group(String component) {
    return component.startsWith("axis_") ? "axis" : component;
  }

  Scale scale(String component) {
    return components.getOrDefault(group(component), Scale.NONE);
  }

  private static final class Shipped {
    static final ScoreModels MODELS = read();

    private static ScoreModels read() {
      try (InputStream in = ScoreModels.class.getResourceAsStream(SHIPPED)) {
        if (in == null) {
          throw new IllegalStateException(SHIPPED + " is missing from this build");
        }
        return ScoreModelsJson.read(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
