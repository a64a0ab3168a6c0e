package dev.whorl.fingerprint.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches of every probe among all references. Each probe is searched twice: with its own
 * printer's reference there, and, as what an unknown printer would be, with it taken away.
 */
final class Searches {
  /**
   * A probe's searches.
   *
   * @param genuine score against its own printer, minus infinity if that has no reference
   * @param best score against any other, minus infinity if there is none
   */
  private record Search(String printer, double genuine, double best) {}

  private final List<Search> searches;

  Searches(List<Score> scores) {
    Map<String, Search> byProbe = new LinkedHashMap<>();
    for (Score score : scores) {
      double none = Double.NEGATIVE_INFINITY;
      double genuine = score.isGenuine() ? score.log10Lr() : none;
      double best = score.isGenuine() ? none : score.log10Lr();
      byProbe.merge(
          score.probe(),
          new Search(score.probePrinter(), genuine, best),
          (a, b) ->
              new Search(a.printer, Math.max(a.genuine, b.genuine), Math.max(a.best, b.best)));
    }
    searches = List.copyOf(new ArrayList<>(byProbe.values()));
  }

  /** Part of the mated searches whose own printer comes first, alone. */
  double rank1(Map<String, Integer> times) {
    return 1 - fnir(Double.NEGATIVE_INFINITY, times);
  }

  /** Part of the mated searches whose own printer does not come first at or above a threshold. */
  double fnir(double log10Threshold, Map<String, Integer> times) {
    double all = 0;
    double missed = 0;
    for (Search search : searches) {
      if (search.genuine > Double.NEGATIVE_INFINITY) {
        int weight = times.getOrDefault(search.printer, 0);
        all += weight;
        boolean found = search.genuine > search.best && search.genuine >= log10Threshold;
        missed += found ? 0 : weight;
      }
    }
    return all > 0 ? missed / all : Double.NaN;
  }

  /** Part of the unmated searches that name some printer at or above a threshold. */
  double fpir(double log10Threshold, Map<String, Integer> times) {
    double all = 0;
    double named = 0;
    for (Search search : searches) {
      if (search.best > Double.NEGATIVE_INFINITY) {
        int weight = times.getOrDefault(search.printer, 0);
        all += weight;
        named += search.best >= log10Threshold ? weight : 0;
      }
    }
    return all > 0 ? named / all : Double.NaN;
  }
}
