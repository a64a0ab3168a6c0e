package dev.whorl.sim.demo;

import dev.whorl.common.cli.Progress;
import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays the story: one chain of coupons per printer, two printers at a time. */
final class Demo implements AutoCloseable {
  private static final Duration DRAW = Duration.ofSeconds(120);

  /** One more than the cores, since a run also waits: for the printer, the shutter, the receipt. */
  private static final int AT_ONCE = Runtime.getRuntime().availableProcessors() + 1;

  private static final int DAYS_AGED = 365;

  private final Path dir;
  private final int count;
  private final long seed;
  private final Collection<AutoCloseable> running = new ConcurrentLinkedDeque<>();
  private final List<DemoPrinter> printers = new ArrayList<>();
  private String console = "";

  Demo(Path dir, int count, long seed) {
    this.dir = dir;
    this.count = count;
    this.seed = seed;
  }

  /** Coupons to print, and one step each for the services and the pictures. */
  int steps() {
    return 1 + 2 * count + 3 + 1;
  }

  String console() {
    return console;
  }

  /** Runs every case and gives them in the order of the story. */
  List<DemoCase> play(Progress progress) throws InterruptedException {
    progress.message("starting broker, registry and " + count + " printers");
    DemoServices services = new DemoServices(dir);
    running.add(services);
    console = services.console();
    for (int i = 0; i < count; i++) {
      String id = String.format(Locale.ROOT, "bench-%02d", i + 1);
      DemoPrinter printer =
          new DemoPrinter(
              id,
              dir.resolve(id),
              seed * 1000 + i,
              services.brokerUrl(),
              services.publicKey(),
              services.enrolmentToken(id));
      running.add(printer);
      printers.add(printer);
    }
    progress.step(1);

    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<List<DemoCase>>> chains = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        chains.add(workers.submit(chain(i, progress)));
      }
      List<DemoCase> cases = new ArrayList<>();
      for (Future<List<DemoCase>> chain : chains) {
        cases.addAll(chain.get());
      }
      return cases;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UserError error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  /** Draws the first printer's first coupon. */
  List<Path> draw(Progress progress) throws InterruptedException {
    progress.message("drawing");
    DemoPrinter first = printers.get(0);
    Path pictures = dir.resolve("pictures");
    Path preview = pictures.resolve("coupon.png");
    try {
      Files.createDirectories(pictures);
      DemoProcess.run(
          dir,
          "draw-coupon",
          List.of(
              "agent",
              "coupon",
              "--config",
              first.config().toString(),
              "--preview",
              preview.toString()),
          DRAW);
      DemoProcess.run(
          dir,
          "draw-surface",
          List.of(
              "agent",
              "fingerprint",
              "--frames",
              first.firstRun().toString(),
              "--out",
              pictures.resolve("fingerprint.json").toString(),
              "--report",
              pictures.resolve("report.html").toString(),
              "--pictures",
              pictures.toString()),
          DRAW);
      progress.step(1);
      try (var list = Files.list(pictures)) {
        return list.filter(p -> p.toString().endsWith(".png")).sorted().toList();
      }
    } catch (IOException e) {
      throw UserError.hardware("demo: cannot draw into " + pictures + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    for (AutoCloseable one : running) {
      try {
        one.close();
      } catch (Exception e) {
        System.err.println("whorl: demo: " + e.getMessage());
      }
    }
    running.clear();
  }

  private Callable<List<DemoCase>> chain(int index, Progress progress) {
    return () -> {
      DemoPrinter printer = printers.get(index);
      List<DemoCase> cases = new ArrayList<>();
      // The first coupon has nothing to be compared with: it becomes the template.
      step(printer, "enrolled", "match", progress);
      cases.add(step(printer, "fingerprinted again", "match", progress));
      switch (index) {
        case 0 -> {
          printer.hands("age " + DAYS_AGED);
          cases.add(step(printer, "a year older", "drift", progress));
        }
        case 1 -> {
          printer.hands("service nozzle");
          cases.add(step(printer, "nozzle swapped", "drift", progress));
        }
        case 2 -> {
          printer.exchange(seed * 1000 + count);
          cases.add(step(printer, "impostor", "mismatch", progress));
        }
        default -> {
          // The others only show that more printers do not confuse it.
        }
      }
      return cases;
    };
  }

  private static DemoCase step(DemoPrinter printer, String name, String expected, Progress progress)
      throws InterruptedException {
    progress.message(printer.id() + " " + name);
    DemoCase done = printer.run(name, expected);
    progress.step(1);
    return done;
  }
}
