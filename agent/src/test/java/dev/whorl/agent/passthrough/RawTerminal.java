package dev.whorl.agent.passthrough;

import static org.awaitility.Awaitility.await;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A terminal at a port as {@code cat} and {@code echo} are: no numbers, no checksums, no baud. */
final class RawTerminal implements AutoCloseable {
  private final FileInputStream in;
  private final FileOutputStream out;
  private final StringBuilder part = new StringBuilder();

  /** Every whole line heard. */
  final List<String> heard = new ArrayList<>();

  RawTerminal(Path port) throws IOException {
    in = new FileInputStream(port.toFile());
    out = new FileOutputStream(port.toFile());
  }

  void say(String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Takes in what has come; never waits. */
  List<String> listen() throws IOException {
    while (in.available() > 0) {
      int c = in.read();
      if (c == '\n') {
        heard.add(part.toString().strip());
        part.setLength(0);
      } else {
        part.append((char) c);
      }
    }
    return heard;
  }

  long oks() throws IOException {
    return listen().stream().filter(line -> line.startsWith("ok")).count();
  }

  /** Says one line after another, each when the one before it was answered with {@code ok}. */
  void print(List<String> lines) throws IOException {
    for (String line : lines) {
      long before = oks();
      say(line);
      await(line)
          .atMost(Child.LONG)
          .pollInterval(Duration.ofMillis(1))
          .pollDelay(Duration.ZERO)
          .until(() -> oks() > before);
    }
  }

  /** Waits for a line that begins like this, after so many others. */
  void awaitHeard(String start, int after) {
    await(start)
        .atMost(Child.LONG)
        .until(() -> listen().stream().skip(after).anyMatch(line -> line.startsWith(start)));
  }

  @Override
  public void close() throws IOException {
    in.close();
    out.close();
  }
}
