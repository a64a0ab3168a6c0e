package dev.whorl.sim.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks at several printers at once. For items that wait more than they compute and assert no
 * speed.
 */
final class AtOnce {

  /** Looks at one. */
  interface Look {
    Finding at(Dialects dialect) throws IOException, InterruptedException;
  }

  private AtOnce() {}

  /** Looks at all and gives what was found in their order. */
  static List<Finding> each(List<Dialects> dialects, Look look)
      throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(dialects.size());
    try {
      List<Future<Finding>> looks = new ArrayList<>();
      for (Dialects dialect : dialects) {
        looks.add(threads.submit(() -> look.at(dialect)));
      }
      List<Finding> findings = new ArrayList<>();
      for (Future<Finding> found : looks) {
        findings.add(found.get());
      }
      return findings;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
    } finally {
      threads.shutdownNow();
    }
  }
}
