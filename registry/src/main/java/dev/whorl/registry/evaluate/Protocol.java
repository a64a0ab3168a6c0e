package dev.whorl.registry.evaluate;

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
    LATEST
  }

  /** A comparison to make: the reference is the earlier, or a template. */
  public record Pair(Labelled reference, Labelled probe) {}

  private Protocol() {}

  /**
   * The comparisons of one evaluation.
   *
   * @param all sorted by printer and time
   * @param reference null for every pair there is, once
   * @param leastGap how far apart two of the same printer must be to be compared
   */
  public static List<Pair> pairs(
      List<Labelled> all, @Nullable Reference reference, Duration leastGap) {
    return reference == null ? everyPair(all, leastGap) : againstOne(all, reference, leastGap);
  }

  private static List<Pair> everyPair(List<Labelled> all, Duration leastGap) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        Labelled a = all.get(i);
        Labelled b = all.get(j);
        boolean inOrder = !b.fingerprint().time().isBefore(a.fingerprint().time());
        Pair pair = inOrder ? new Pair(a, b) : new Pair(b, a);
        if (!isGenuine(pair) || isFarEnough(pair, leastGap)) {
          pairs.add(pair);
        }
      }
    }
    return pairs;
  }

  private static List<Pair> againstOne(List<Labelled> all, Reference reference, Duration leastGap) {
    Map<String, List<Labelled>> byPrinter = new TreeMap<>();
    for (Labelled labelled : all) {
      byPrinter.computeIfAbsent(labelled.printer(), p -> new ArrayList<>()).add(labelled);
    }
    List<Pair> pairs = new ArrayList<>();
    for (Labelled probe : all) {
      Labelled own = firstOf(byPrinter, probe.printer());
      if (probe == own) {
        continue; // it is what the others are compared with
      }
      byPrinter.forEach(
          (printer, theirs) -> {
            Labelled chosen =
                reference == Reference.FIRST
                    ? theirs.get(0)
                    : latestBefore(theirs, probe, leastGap);
            if (chosen != null) {
              Pair pair = new Pair(chosen, probe);
              if (!isGenuine(pair) || isFarEnough(pair, leastGap)) {
                pairs.add(pair);
              }
            }
          });
    }
    return pairs;
  }

  /** Another printer that has none before is stood for by its first. */
  private static @Nullable Labelled latestBefore(
      List<Labelled> theirs, Labelled probe, Duration leastGap) {
    boolean own = theirs.get(0).printer().equals(probe.printer());
    Labelled latest = own ? null : theirs.get(0);
    for (Labelled candidate : theirs) {
      boolean before =
          candidate != probe && !candidate.fingerprint().time().isAfter(probe.fingerprint().time());
      if (before && (!own || isFarEnough(new Pair(candidate, probe), leastGap))) {
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
