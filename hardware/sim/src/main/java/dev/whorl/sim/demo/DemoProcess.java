package dev.whorl.sim.demo;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One process of the demo, started through the launcher; what it says goes to a log file. */
final class DemoProcess implements AutoCloseable {
  private static final int POLL_MS = 50;
  private static final Duration STOP = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final Path log;

  private DemoProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts {@code whorl arguments...}.
   *
   * @param name what the process is called in errors; its log is {@code <dir>/<name>.log}
   */
  static DemoProcess start(Path dir, String name, List<String> arguments) {
    Path log = dir.resolve(name + ".log");
    List<String> argv = new ArrayList<>();
    argv.add(launcher());
    argv.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(argv)
              .redirectOutput(dir.resolve(name + ".out").toFile())
              .redirectError(log.toFile())
              .start();
      return new DemoProcess(name, process, log);
    } catch (IOException e) {
      throw UserError.hardware("demo: cannot start " + name + ": " + e.getMessage());
    }
  }

  /** Runs {@code whorl arguments...} to its end and gives what it printed. */
  static String run(Path dir, String name, List<String> arguments, Duration timeout)
      throws InterruptedException {
    try (DemoProcess process = start(dir, name, arguments)) {
      if (!process.process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw process.error("took longer than " + timeout.toSeconds() + " s");
      }
      String out = Files.readString(dir.resolve(name + ".out"));
      // 1 is an answer too: the verdict may well be no.
      if (process.process.exitValue() > ExitCode.NO) {
        throw process.error("ended with exit code " + process.process.exitValue());
      }
      return out;
    } catch (IOException e) {
      throw UserError.hardware("demo: " + name + ": " + e.getMessage());
    }
  }

  /** Says one line to the process's standard input. */
  void say(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw error("does not listen: " + e.getMessage());
    }
  }

  /** Waits until the process has printed a line that starts with a word. */
  void await(String word, Duration timeout) throws InterruptedException {
    Path out = Path.of(log.toString().replaceFirst("\\.log$", ".out"));
    await(
        () -> {
          try (var lines = Files.lines(out)) {
            return lines.anyMatch(line -> line.startsWith(word));
          } catch (IOException e) {
            return false;
          }
        },
        timeout);
  }

  /** Waits until something holds, while the process lives. */
  void await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
    long deadlineNs = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive()) {
        throw error("ended with exit code " + process.exitValue());
      }
      if (System.nanoTime() - deadlineNs > 0) {
        throw error("was not up after " + timeout.toSeconds() + " s");
      }
      Thread.sleep(POLL_MS);
    }
  }

  UserError error(String what) {
    return UserError.hardware("demo: " + name + " " + what + "; what it said is in " + log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String launcher() {
    String launcher = System.getenv("WHORL_LAUNCHER");
    if (launcher == null) {
      throw UserError.usage("demo: start it as `whorl demo`, by the launcher");
    }
    return launcher;
  }
}
