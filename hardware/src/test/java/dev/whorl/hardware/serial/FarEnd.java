package dev.whorl.hardware.serial;

import dev.whorl.hardware.pty.PseudoTerminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The printer's end of a pseudo-terminal, in text; whoever opens the path has the other. */
final class FarEnd implements AutoCloseable {

  private final PseudoTerminal terminal;

  FarEnd() {
    try {
      terminal = PseudoTerminal.open();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The other end's device file. */
  Path path() {
    return Path.of(terminal.address());
  }

  /** What has arrived; empty when nothing came in time. */
  String read(int timeoutMs) throws IOException {
    byte[] buffer = new byte[4096];
    int count = terminal.read(buffer, timeoutMs);
    return new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
  }

  /** Writes all of it; gives up when nobody takes it within 5 s. */
  void write(String text) {
    byte[] rest = text.getBytes(StandardCharsets.ISO_8859_1);
    try {
      while (rest.length > 0 && terminal.awaitRoom(5000)) {
        rest = Arrays.copyOfRange(rest, terminal.write(rest), rest.length);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** To the other end this is a cable pulled out. */
  @Override
  public void close() {
    terminal.close();
  }
}
