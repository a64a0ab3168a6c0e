package dev.whorl.bench.surface;

import dev.whorl.bench.fleet.RenderedBench;
import dev.whorl.common.cli.Progress;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.capture.UnfitCapture;
import dev.whorl.fingerprint.compare.Comparer;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.sim.bed.PrintedObject;
import dev.whorl.sim.machine.PrinterModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Enrols printers from one coupon each, and photographs each printer's next coupon once for every
 * disturbance. All printers stand under one and the same camera, so that a camera taken for a
 * printer would show as a false match.
 */
final class SurfaceBench {
  private static final String EVERYBODY = "fleet";

  private final int printers;
  private final long seed;
  private final List<Disturbance> disturbances;

  SurfaceBench(int printers, long seed, List<Disturbance> disturbances) {
    this.printers = printers;
    this.seed = seed;
    this.disturbances = disturbances;
  }

  /** In the order of the disturbances. */
  List<Effect> run() {
    List<Effect> effects = disturbances.stream().map(d -> new Effect(d.name())).toList();
    Map<Integer, Fingerprint> enrolled = new TreeMap<>();
    List<RenderedBench> benches = new ArrayList<>();
    try (Progress progress = Progress.of("coupons", (long) printers * (1 + disturbances.size()))) {
      for (int i = 0; i < printers; i++) {
        RenderedBench bench = new RenderedBench(EVERYBODY, seed + i, PrinterModel.MENDEL, seed);
        benches.add(bench);
        try {
          PrintedObject first = bench.print();
          enrolled.put(
              i, bench.read(first, bench.optics(), UnaryOperator.identity()).fingerprint());
        } catch (UnfitCapture e) {
          throw new IllegalStateException("an undisturbed capture was refused", e);
        }
        progress.step(1);
      }
      for (int i = 0; i < printers; i++) {
        benches.get(i).printer().age(1);
        PrintedObject next = benches.get(i).print();
        for (int d = 0; d < disturbances.size(); d++) {
          read(benches.get(i), next, disturbances.get(d), i, enrolled, effects.get(d));
          progress.step(1);
        }
      }
    }
    return effects;
  }

  private static void read(
      RenderedBench bench,
      PrintedObject coupon,
      Disturbance disturbance,
      int own,
      Map<Integer, Fingerprint> enrolled,
      Effect effect) {
    Fingerprint probe;
    try {
      probe =
          bench
              .read(coupon, disturbance.camera().apply(bench.optics()), disturbance.frames())
              .fingerprint();
    } catch (UnfitCapture e) {
      effect.refused(String.valueOf(e.getMessage()));
      return;
    }
    enrolled.forEach(
        (printer, fingerprint) -> {
          double log10Lr = Comparer.compare(fingerprint, probe, ScoreModels.shipped()).log10Lr();
          if (printer == own) {
            effect.genuine(log10Lr);
          } else {
            effect.impostor(log10Lr);
          }
        });
  }
}
