package dev.whorl.sim.printer;

import dev.whorl.gcode.SerialLine;
import dev.whorl.hardware.serial.SerialLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A host that speaks line by line over a real port, and remembers nothing. */
final class Host implements AutoCloseable {

  private static final long PATIENCE_S = 60;

  private final SerialLine line;
  private final StringBuilder heard = new StringBuilder();

  Host(String port) throws Exception {
    line = SerialLines.open(port, 115200);
  }

  void say(String text) throws IOException {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.ISO_8859_1);
    line.write(bytes, 0, bytes.length);
  }

  void sayHalf(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    line.write(bytes, 0, bytes.length);
  }

  static String numbered(int number, String command) {
    String text = "N" + number + " " + command;
    int sum = 0;
    for (char c : text.toCharArray()) {
      sum ^= c;
    }
    return text + "*" + sum;
  }

  /** Lines up to and with the first that starts with a word. */
  List<String> until(String word) throws IOException {
    List<String> lines = new ArrayList<>();
    byte[] buffer = new byte[512];
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (System.nanoTime() < endNanos) {
      int end = heard.indexOf("\n");
      if (end >= 0) {
        String one = heard.substring(0, end);
        heard.delete(0, end + 1);
        lines.add(one);
        if (one.startsWith(word)) {
          return lines;
        }
      } else {
        int n = line.read(buffer, 100);
        heard.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
      }
    }
    throw new AssertionError("no line that starts with '" + word + "' after " + lines);
  }

  List<String> ask(String command) throws IOException {
    say(command);
    return until("ok");
  }

  @Override
  public void close() {
    line.close();
  }
}
