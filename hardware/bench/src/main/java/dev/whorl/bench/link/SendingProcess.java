package dev.whorl.bench.link;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process that sends a program, and what it cost: both are read at the marks that it says. */
final class SendingProcess {

  /** Where a mark was said: the time, and what the process had computed until then. */
  private record Mark(long nanos, long cpuMs) {}

  private final Process process;
  private final Map<String, Mark> marks = new ConcurrentHashMap<>();
  private volatile long stallMs = -1;
  private volatile String failure = "";

  private SendingProcess(Process process) {
    this.process = process;
  }

  /** Whorl's own link. */
  static Sending whorl(String port, int baud, Path program, int lines, Duration limit)
      throws IOException, InterruptedException {
    return run(JavaProcess.command(Sender.class, 256), port, baud, program, lines, limit);
  }

  /**
   * Runs a sender to its end.
   *
   * @param command to which port, baud and the program's file are added
   * @param limit after which it is ended
   */
  static Sending run(
      List<String> command, String port, int baud, Path program, int lines, Duration limit)
      throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of(port, Integer.toString(baud), program.toString()));
    Process process =
        new ProcessBuilder(whole)
            .redirectError(program.resolveSibling(program.getFileName() + ".log").toFile())
            .start();
    SendingProcess sending = new SendingProcess(process);
    Thread listening = new Thread(sending::listen, "bench-sender");
    listening.setDaemon(true);
    listening.start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        sending.failure = "not done after " + limit.toSeconds() + " s";
      }
    } finally {
      process.destroyForcibly();
    }
    listening.join(TimeUnit.SECONDS.toMillis(5));
    return sending.result(lines);
  }

  private void listen() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = out.readLine()) != null) {
        if (line.startsWith("mark ")) {
          marks.put(
              line.substring("mark ".length()),
              new Mark(System.nanoTime(), CpuTime.ms(process.pid())));
        } else if (line.startsWith("stall ")) {
          stallMs = Long.parseLong(line.substring("stall ".length()));
        } else if (line.startsWith("failed ")) {
          failure = line.substring("failed ".length());
        }
      }
    } catch (IOException e) {
      failure = "its words cannot be read: " + e;
    }
  }

  private Sending result(int lines) {
    Mark begin = marks.get("begin");
    Mark half = marks.get("half");
    Mark end = marks.get("end");
    if (begin == null || half == null || end == null) {
      return new Sending(
          lines, 0, 0, 0, 0, stallMs, failure.isEmpty() ? "it ended without a word" : failure);
    }
    return new Sending(
        lines,
        (end.nanos - begin.nanos) / 1e9,
        (end.nanos - half.nanos) / 1e9,
        end.cpuMs,
        end.cpuMs - half.cpuMs,
        stallMs,
        failure);
  }
}
