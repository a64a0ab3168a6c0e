package dev.whorl.fingerprint.calibrate;

import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.Fingerprinter;
import dev.whorl.fingerprint.calibrate.LogisticFit.Sample;
import dev.whorl.fingerprint.compare.Comparer;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.Drift;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.compare.ScoreModels.FittedOn;
import dev.whorl.fingerprint.compare.ScoreModels.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fits the scales of {@link ScoreModels} on printers whose fingerprints are known to be theirs:
 * first each component's, then that of all together.
 *
 * @param models what was found
 * @param cllrBefore cost in bits of the fused ratios under the models that were there before
 * @param cllrAfter the same under the new ones, each printer's by a scale fitted without it
 * @param genuine how many comparisons of a printer with itself
 * @param impostor how many of two printers
 */
public record Calibration(
    ScoreModels models, double cllrBefore, double cllrAfter, int genuine, int impostor) {
  /** Fewer would say more of these printers than of others. */
  public static final int LEAST_PRINTERS = 8;

  /** Each probe is compared with so many others: printers count, not pairs. */
  private static final int OTHERS = 24;

  private static final int FOLDS = 5;

  private record Pair(int printer, Fingerprint reference, Fingerprint probe, boolean genuine) {
    double years() {
      return Math.abs(Drift.years(reference.time(), probe.time()));
    }
  }

  /**
   * Fits.
   *
   * @param histories at least {@link #LEAST_PRINTERS}, some of two fingerprints or more
   * @param start what is believed without them
   * @param text which printers these are
   * @param simulated whether they are simulated
   * @throws IllegalArgumentException in one line, if there are too few
   */
  public static Calibration fit(
      List<History> histories, ScoreModels start, String text, boolean simulated) {
    long useful = histories.stream().filter(h -> h.fingerprints().size() > 1).count();
    if (useful < LEAST_PRINTERS) {
      throw new IllegalArgumentException(
          useful
              + " printers with two fingerprints or more; at least "
              + LEAST_PRINTERS
              + " are needed, for a scale of fewer says more of them than of others");
    }
    List<Pair> pairs = new ArrayList<>();
    int printers = histories.size();
    ScoreModels plain = ScoreModels.unscaled().withRates(start.ratesFactor());
    Map<String, List<Sample>> byGroup = new TreeMap<>();
    for (Pair pair : pairs(histories)) {
      Comparison comparison = Comparer.compare(pair.reference, pair.probe, plain);
      if (comparison.components().isEmpty()) {
        continue; // printers of two makes: nobody takes one for the other
      }
      pairs.add(pair);
      comparison
          .components()
          .forEach(
              (name, evidence) ->
                  byGroup
                      .computeIfAbsent(ScoreModels.group(name), g -> new ArrayList<>())
                      .add(new Sample(evidence.log10Lr(), pair.years(), pair.genuine)));
    }
    Map<String, Scale> components = new TreeMap<>(start.components());
    byGroup.forEach(
        (group, samples) ->
            components.put(
                group,
                LogisticFit.fit(
                    samples, printers, false, start.components().getOrDefault(group, Scale.NONE))));
    ScoreModels scaled =
        new ScoreModels(start.fittedOn(), start.ratesFactor(), components, Scale.NONE);
    List<Sample> fused = new ArrayList<>();
    double[] before = new double[2];
    List<Sample> old = new ArrayList<>();
    for (Pair pair : pairs) {
      double log10 = Comparer.compare(pair.reference, pair.probe, scaled).log10Lr();
      fused.add(new Sample(log10, pair.years(), pair.genuine));
      double was = Comparer.compare(pair.reference, pair.probe, start).log10Lr();
      old.add(new Sample(was, pair.years(), pair.genuine));
      before[pair.genuine ? 0 : 1]++;
    }
    Scale scale = LogisticFit.fit(fused, printers, true, start.fused());
    int fingerprints = histories.stream().mapToInt(h -> h.fingerprints().size()).sum();
    FittedOn fittedOn =
        new FittedOn(text, printers, fingerprints, simulated, Fingerprinter.ALGORITHM);
    return new Calibration(
        new ScoreModels(fittedOn, start.ratesFactor(), components, scale),
        LogisticFit.cllr(old, Scale.NONE),
        crossValidated(pairs, fused, printers, start.fused()),
        (int) before[0],
        (int) before[1]);
  }

  /** Every probe with its own printer's first fingerprint and with some others' first ones. */
  private static List<Pair> pairs(List<History> histories) {
    List<Pair> pairs = new ArrayList<>();
    int n = histories.size();
    int probes = 0;
    for (int printer = 0; printer < n; printer++) {
      List<Fingerprint> own = histories.get(printer).fingerprints();
      for (int k = 1; k < own.size(); k++) {
        pairs.add(new Pair(printer, own.get(0), own.get(k), true));
        int others = Math.min(OTHERS, n - 1);
        for (int i = 0; i < others; i++) {
          // Others further on each time, so that all meet all in the long run.
          int other = (printer + 1 + (probes * others + i) % (n - 1)) % n;
          Fingerprint reference = histories.get(other).fingerprints().get(0);
          pairs.add(new Pair(printer, reference, own.get(k), false));
        }
        probes++;
      }
    }
    return pairs;
  }

  private static double crossValidated(
      List<Pair> pairs, List<Sample> samples, int printers, Scale start) {
    double sum = 0;
    int folds = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      List<Sample> others = new ArrayList<>();
      List<Sample> these = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        (pairs.get(i).printer % FOLDS == fold ? these : others).add(samples.get(i));
      }
      if (these.stream().anyMatch(Sample::genuine) && these.stream().anyMatch(s -> !s.genuine())) {
        Scale scale = LogisticFit.fit(others, printers * (FOLDS - 1) / FOLDS, true, start);
        sum += LogisticFit.cllr(these, scale);
        folds++;
      }
    }
    return sum / folds;
  }
}
