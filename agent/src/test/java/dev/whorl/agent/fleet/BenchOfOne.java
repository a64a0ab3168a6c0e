package dev.whorl.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whorl.agent.BenchToml;
import dev.whorl.agent.cli.AgentCommand;
import dev.whorl.common.cli.Cli;
import dev.whorl.hardware.pty.PortLink;
import dev.whorl.sim.bed.BedFile;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.printer.SimulatedPrinter;
import dev.whorl.sim.printer.Works;
import dev.whorl.sim.pty.PtyWire;
import dev.whorl.sim.pty.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A simulated printer behind a pseudo-terminal and the agent's folder beside it. */
final class BenchOfOne implements AutoCloseable {
  private static final double TIME_SCALE = 2000;
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Path config;
  private final Path runs;
  private final Wire wire;
  private final PortLink link;
  private final Works works;
  private final SimulatedPrinter printer;
  private final Thread thread;

  private BenchOfOne(
      Path config,
      Path runs,
      Wire wire,
      PortLink link,
      Works works,
      SimulatedPrinter printer,
      Thread thread) {
    this.config = config;
    this.runs = runs;
    this.wire = wire;
    this.link = link;
    this.works = works;
    this.printer = printer;
    this.thread = thread;
  }

  static String id(int printer) {
    return String.format(Locale.ROOT, "bench-%02d", printer + 1);
  }

  static BenchOfOne start(Path dir, int index, long seed) throws Exception {
    Path home = Files.createDirectories(dir.resolve(id(index)));
    Path port = home.resolve("printer");
    PrinterModel model = PrinterModel.MENDEL;
    MachineLife life = new MachineLife(seed, model, model.kinematics(), 0.4);
    Works works = new Works(life, 0);
    Wire wire = PtyWire.open();
    PortLink link = PortLink.make(port, Path.of(wire.address()));
    SimulatedPrinter printer =
        new SimulatedPrinter(wire, life, works, BedFile.beside(port), System::nanoTime, TIME_SCALE);
    CountDownLatch ready = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                printer.run(ready::countDown);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            id(index));
    thread.start();
    await().atMost(LONG).until(() -> ready.getCount() == 0);
    Path config =
        new BenchToml(port.toString(), 6)
            .id(id(index))
            .say("printer", "baud = 115200")
            .simulated()
            .say("agent", "http = \"127.0.0.1:0\"")
            .write(home);
    return new BenchOfOne(config, home.resolve("state/runs"), wire, link, works, printer, thread);
  }

  /** Prints one coupon on a clear bed and gives its fingerprint's file. */
  Path enroll() throws IOException {
    byHand(works::clear);
    int before = count();
    int exit =
        Cli.run(new AgentCommand(), "enroll", "--config", config.toString(), "--bed-is-clear");
    assertThat(exit).as("exit code of enroll").isZero();
    try (var list = Files.list(runs)) {
      Path newest = list.sorted().reduce((a, b) -> b).orElseThrow();
      assertThat(count()).isEqualTo(before + 1);
      return newest.resolve("fingerprint.json");
    }
  }

  /** Days of use pass. */
  void wait(int days) {
    byHand(() -> works.age(days));
  }

  private int count() throws IOException {
    if (!Files.isDirectory(runs)) {
      return 0;
    }
    try (var list = Files.list(runs)) {
      return (int) list.count();
    }
  }

  private void byHand(Runnable deed) {
    AtomicBoolean done = new AtomicBoolean();
    assertThat(
            printer.hand(
                () -> {
                  deed.run();
                  done.set(true);
                }))
        .isTrue();
    await().atMost(LONG).until(done::get);
  }

  @Override
  public void close() throws InterruptedException {
    printer.stop();
    thread.join(LONG.toMillis());
    link.close();
    wire.close();
  }
}
