package dev.whorl.bench.link;

import dev.whorl.sim.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A simulated printer as a process of its own. */
final class PrinterProcess implements AutoCloseable {

  private static final long STOP_S = 10;

  private final Process process;
  private final BufferedReader out;
  private final String port;
  private final Path executed;

  private PrinterProcess(Process process, BufferedReader out, String port, Path executed) {
    this.process = process;
    this.out = out;
    this.port = port;
    this.executed = executed;
  }

  /**
   * Starts {@code whorl sim printer} and waits until its port can be opened.
   *
   * @param name the port's name in the bench's folder
   * @param options more of its options
   */
  static PrinterProcess start(Bench bench, String name, List<String> options) throws IOException {
    Path executed = bench.dir().resolve(name + ".executed");
    Files.deleteIfExists(executed);
    List<String> command = new ArrayList<>(JavaProcess.command(Main.class, 256));
    command.addAll(
        List.of(
            "printer",
            "--link",
            bench.dir().resolve(name).toString(),
            "--seed",
            "7",
            "--time-scale",
            "1",
            "--executed",
            executed.toString()));
    command.addAll(options);
    Process process =
        new ProcessBuilder(command)
            .redirectError(bench.dir().resolve(name + ".log").toFile())
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith("ready ")) {
      process.destroyForcibly();
      throw new IOException(
          "the simulated printer does not start: see " + bench.dir().resolve(name + ".log"));
    }
    return new PrinterProcess(process, out, line.substring("ready ".length()), executed);
  }

  /** What a host opens. */
  String port() {
    return port;
  }

  /** How many bytes it has lost because they came too fast. */
  long overruns() throws IOException {
    return Long.parseLong(hand("overruns").substring("ok overruns ".length()));
  }

  /** Off and on again. */
  void powerCycle() throws IOException {
    hand("power-cycle");
  }

  private String hand(String deed) throws IOException {
    process.getOutputStream().write((deed + "\n").getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
    String answer = out.readLine();
    if (answer == null || !answer.startsWith("ok " + deed)) {
      throw new IOException("the simulated printer answers to " + deed + ": " + answer);
    }
    return answer;
  }

  /** Ends it and gives what it has executed. */
  List<String> executedInTheEnd() throws IOException {
    close();
    return Files.exists(executed)
        ? Files.readAllLines(executed, StandardCharsets.ISO_8859_1)
        : List.of();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
