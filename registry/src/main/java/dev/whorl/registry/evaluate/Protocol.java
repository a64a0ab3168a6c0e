package dev.whorl.registry.evaluate;

import dev.whorl.fingerprint.compare.Comparer;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.template.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which fingerprints are compared with which. */
public final class Protocol {
  /** What a probe is compared with, of each printer. */
  public enum Reference {
    /** Its first fingerprint. */
    FIRST,
    /** Its last one before the probe. */
    LATEST,
    /** The template that the registry would have made of all before the probe. */
    KALMAN
  }

  /**
   * A comparison to make.
   *
   * @param reference the earlier, or what a template knew then
   * @param isState whether it is a template's
   */
  public record Pair(Labelled reference, boolean isState, Labelled probe) {
    /** What the two say about each other. */
    public Comparison compare(ScoreModels models) {
      return isState
          ? Comparer.compareToState(reference.fingerprint(), probe.fingerprint(), models)
          : Comparer.compare(reference.fingerprint(), probe.fingerprint(), models);
    }
  }

  private Protocol() {}

  /**
   * The comparisons of one evaluation.
   *
   * @param all sorted by printer and time
   * @param reference null for every pair there is, once
   * @param leastGap how far apart two of the same printer must be to be compared
   * @param models what templates are kept by
   */
  public static List<Pair> pairs(
      List<Labelled> all, @Nullable Reference reference, Duration leastGap, ScoreModels models) {
    return reference == null
        ? everyPair(all, leastGap)
        : againstOne(all, reference, leastGap, models);
  }

  private static List<Pair> everyPair(List<Labelled> all, Duration leastGap) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        Labelled a = all.get(i);
        Labelled b = all.get(j);
        boolean inOrder = !b.fingerprint().time().isBefore(a.fingerprint().time());
        Pair pair = inOrder ? new Pair(a, false, b) : new Pair(b, false, a);
        if (!isGenuine(pair) || isFarEnough(pair, leastGap)) {
          pairs.add(pair);
        }
      }
    }
    return pairs;
  }

  private static List<Pair> againstOne(
      List<Labelled> all, Reference reference, Duration leastGap, ScoreModels models) {
    Map<String, List<Labelled>> byPrinter = new TreeMap<>();
    for (Labelled labelled : all) {
      byPrinter.computeIfAbsent(labelled.printer(), p -> new ArrayList<>()).add(labelled);
    }
    boolean isState = reference == Reference.KALMAN;
    if (isState) {
      byPrinter.replaceAll((printer, theirs) -> states(theirs, models));
    }
    List<Pair> pairs = new ArrayList<>();
    for (Labelled probe : all) {
      Labelled own = firstOf(byPrinter, probe.printer());
      if (probe.name().equals(own.name())) {
        continue; // it is what the others are compared with
      }
      byPrinter.forEach(
          (printer, theirs) -> {
            Labelled chosen =
                reference == Reference.FIRST
                    ? theirs.get(0)
                    : latestBefore(theirs, probe, leastGap);
            if (chosen != null) {
              Pair pair = new Pair(chosen, isState, probe);
              if (!isGenuine(pair) || isFarEnough(pair, leastGap)) {
                pairs.add(pair);
              }
            }
          });
    }
    return pairs;
  }

  /** What a printer's template knew after each of its coupons. */
  private static List<Labelled> states(List<Labelled> coupons, ScoreModels models) {
    List<Labelled> states = new ArrayList<>();
    Template template = null;
    for (Labelled coupon : coupons) {
      template =
          template == null
              ? Template.enrolled(coupon.fingerprint(), coupon.printer())
              : template.updated(coupon.fingerprint(), coupon.printer(), models).template();
      states.add(new Labelled(coupon.printer(), coupon.name(), template.state()));
    }
    return states;
  }

  /** Another printer that has none before is stood for by its first. */
  private static @Nullable Labelled latestBefore(
      List<Labelled> theirs, Labelled probe, Duration leastGap) {
    boolean own = theirs.get(0).printer().equals(probe.printer());
    Labelled latest = own ? null : theirs.get(0);
    for (Labelled candidate : theirs) {
      boolean before =
          !candidate.name().equals(probe.name())
              && !candidate.fingerprint().time().isAfter(probe.fingerprint().time());
      if (before && (!own || isFarEnough(new Pair(candidate, false, probe), leastGap))) {
        latest = candidate;
      }
    }
    return latest;
  }

  private static Labelled firstOf(Map<String, List<Labelled>> byPrinter, String printer) {
    return byPrinter.getOrDefault(printer, List.of()).get(0);
  }

  private static boolean isGenuine(Pair pair) {
    return pair.reference.printer().equals(pair.probe.printer());
  }

  private static boolean isFarEnough(Pair pair, Duration leastGap) {
    Duration gap =
        Duration.between(pair.reference.fingerprint().time(), pair.probe.fingerprint().time())
            .abs();
    return gap.compareTo(leastGap) >= 0;
  }
}
