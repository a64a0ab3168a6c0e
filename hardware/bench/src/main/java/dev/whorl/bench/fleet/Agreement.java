package dev.whorl.bench.fleet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.jspecify.annotations.Nullable;

/**
 * Whether drawn fingerprints score like rendered ones, on the same machines.
 *
 * @param what which score, of which comparisons
 * @param rendered how many
 * @param drawn how many
 * @param renderedQuantiles 5, 25, 50, 75 and 95 % of log10 LR
 * @param drawnQuantiles likewise
 * @param distance the greatest between the two distribution functions
 * @param p how often as great a distance would come by chance, were all comparisons independent
 */
@SuppressWarnings("ArrayRecordComponent")
record Agreement(
    String what,
    int rendered,
    int drawn,
    double[] renderedQuantiles,
    double[] drawnQuantiles,
    double distance,
    double p) {
  private static final double[] QUANTILES = {0.05, 0.25, 0.5, 0.75, 0.95};

  /** With fewer there is nothing to compare. */
  private static final int FEWEST = 5;

  /** The fused score and every component's, of genuine comparisons and of others. */
  static List<Agreement> of(List<Trial> rendered, List<Trial> drawn) {
    List<Agreement> all = new ArrayList<>();
    for (boolean genuine : new boolean[] {true, false}) {
      add(all, genuine, null, rendered, drawn);
      for (Component component : Component.values()) {
        add(all, genuine, component, rendered, drawn);
      }
    }
    return all;
  }

  private static void add(
      List<Agreement> all,
      boolean genuine,
      @Nullable Component component,
      List<Trial> rendered,
      List<Trial> drawn) {
    double[] a = scores(rendered, genuine, component);
    double[] b = scores(drawn, genuine, component);
    if (a.length >= FEWEST && b.length >= FEWEST) {
      KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
      double distance = test.kolmogorovSmirnovStatistic(a, b);
      all.add(
          new Agreement(
              (genuine ? "genuine " : "impostor ") + (component == null ? "all" : component.key()),
              a.length,
              b.length,
              quantiles(a),
              quantiles(b),
              distance,
              test.approximateP(distance, a.length, b.length)));
    }
  }

  private static double[] scores(
      List<Trial> trials, boolean genuine, @Nullable Component component) {
    return trials.stream()
        .filter(trial -> trial.isGenuine() == genuine)
        .mapToDouble(trial -> component == null ? trial.log10Lr() : trial.component(component))
        .filter(score -> !Double.isNaN(score))
        .sorted()
        .toArray();
  }

  private static double[] quantiles(double[] sorted) {
    return Arrays.stream(QUANTILES)
        .map(q -> sorted[(int) Math.round(q * (sorted.length - 1))])
        .toArray();
  }
}
