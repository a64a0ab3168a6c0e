package dev.whorl.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintJson;
import dev.whorl.fingerprint.compare.Comparer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Simulated printers of one model print coupons, a week apart. The fingerprints stay in {@code
 * target/fleet}, where {@code whorl registry evaluate agent/target/fleet} reads them. Every build
 * has a small fleet; {@code -Dfleet.printers=8 -Dfleet.coupons=3} makes the one of the README.
 */
@Tag("long")
class FleetTest {
  private static final int PRINTERS = Integer.getInteger("fleet.printers", 4);
  private static final int COUPONS = Integer.getInteger("fleet.coupons", 2);
  private static final int DAYS_BETWEEN = 7;
  private static final long SEED = 4100;

  /** Where {@code registry evaluate} can be pointed at afterwards. */
  private static final Path KEPT = Path.of("target", "fleet");

  @TempDir Path dir;

  private record Labelled(int printer, Fingerprint fingerprint) {}

  private List<Labelled> print(int printer) throws Exception {
    List<Labelled> coupons = new ArrayList<>();
    Path kept = Files.createDirectories(KEPT.resolve(BenchOfOne.id(printer)));
    try (BenchOfOne bench = BenchOfOne.start(dir, printer, SEED + printer)) {
      for (int day = 0; day < COUPONS; day++) {
        byte[] json = Files.readAllBytes(bench.enroll());
        Files.write(kept.resolve("day-" + day * DAYS_BETWEEN + ".json"), json);
        coupons.add(new Labelled(printer, FingerprintJson.read(json)));
        bench.wait(DAYS_BETWEEN);
      }
    }
    return coupons;
  }

  @Test
  void shouldScoreEveryGenuinePairAboveEveryImpostorPair() throws Exception {
    List<Labelled> all = new ArrayList<>();
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<Labelled>>> printed = new ArrayList<>();
      for (int i = 0; i < PRINTERS; i++) {
        int printer = i;
        printed.add(workers.submit(() -> print(printer)));
      }
      for (Future<List<Labelled>> one : printed) {
        all.addAll(one.get(15, TimeUnit.MINUTES));
      }
    } finally {
      workers.shutdownNow();
    }

    List<Double> genuine = new ArrayList<>();
    List<Double> impostor = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        double log10Lr =
            Comparer.compare(all.get(i).fingerprint(), all.get(j).fingerprint()).log10Lr();
        (all.get(i).printer() == all.get(j).printer() ? genuine : impostor).add(log10Lr);
      }
    }

    assertThat(genuine).hasSize(PRINTERS * COUPONS * (COUPONS - 1) / 2);
    assertThat(impostor).hasSize(COUPONS * COUPONS * PRINTERS * (PRINTERS - 1) / 2);
    double worstGenuine = genuine.stream().mapToDouble(d -> d).min().orElseThrow();
    double bestImpostor = impostor.stream().mapToDouble(d -> d).max().orElseThrow();
    System.out.printf(
        "%d simulated printers: worst genuine log10 LR %.2f, best impostor %.2f%n",
        PRINTERS, worstGenuine, bestImpostor);
    assertThat(worstGenuine).isGreaterThan(bestImpostor);
    assertThat(worstGenuine).as("evidence for the same printer").isGreaterThan(0);
    assertThat(bestImpostor).as("evidence for another printer").isLessThan(0);
  }
}
