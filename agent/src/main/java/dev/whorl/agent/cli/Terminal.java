package dev.whorl.agent.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Asks the person at the keyboard, if there is one. */
final class Terminal {
  private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");

  private Terminal() {}

  /** Whether standard input is a terminal. */
  static boolean isAttended() {
    try {
      String target = Files.readSymbolicLink(STANDARD_INPUT).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }

  /** Asks a question; only a plain yes is one. */
  static boolean confirms(String question) {
    System.err.print(question + " [y/N] ");
    System.err.flush();
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String answer = in.readLine();
      return answer != null
          && (answer.strip().toLowerCase(Locale.ROOT).equals("y")
              || answer.strip().toLowerCase(Locale.ROOT).equals("yes"));
    } catch (IOException e) {
      return false;
    }
  }
}
