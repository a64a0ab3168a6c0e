package dev.whorl.bench.fleet;

import dev.whorl.common.cli.Progress;
import dev.whorl.fingerprint.Fingerprint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Lets whole fleets print, as many machines at a time as there are processors. */
final class Printing {
  private final FleetStore store;
  private final Coupons coupons;
  private final int workers;

  /**
   * @param store where fingerprints are kept
   * @param coupons where they come from
   * @param workers how many machines at a time; one rendered coupon needs some 600 MB
   */
  Printing(FleetStore store, Coupons coupons, int workers) {
    this.store = store;
    this.coupons = coupons;
    this.workers = workers;
  }

  /** Every machine's fingerprints; what an earlier run kept is not made again. */
  Map<FleetMachine, Map<Visit, Optional<Fingerprint>>> of(
      String task, List<FleetMachine> machines, Function<FleetMachine, List<Visit>> visits)
      throws InterruptedException {
    int missing = 0;
    for (FleetMachine machine : machines) {
      List<Visit> all = visits.apply(machine);
      missing += all.size() - store.kept(machine, all);
    }
    Map<FleetMachine, Map<Visit, Optional<Fingerprint>>> result = new LinkedHashMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try (Progress progress = Progress.of(task, missing)) {
      List<Future<Map<Visit, Optional<Fingerprint>>>> futures = new ArrayList<>();
      Coupons counted =
          (machine, visit) -> {
            Optional<Fingerprint> fingerprint = coupons.make(machine, visit);
            progress.step(1);
            return fingerprint;
          };
      for (FleetMachine machine : machines) {
        futures.add(pool.submit(() -> store.of(machine, visits.apply(machine), counted)));
      }
      for (int i = 0; i < futures.size(); i++) {
        result.put(machines.get(i), futures.get(i).get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
    return result;
  }
}
