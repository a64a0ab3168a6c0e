package dev.whorl.hardware.process;

import dev.whorl.hardware.HardwareException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a program of the user's with a bound on its time and on what is kept of its output. */
public final class BoundedProcess {
  private static final int KEPT_OUTPUT_BYTES = 4096;

  /** A pipe that stays open after the program's death, in a child's hands, is not waited for. */
  private static final int DRAIN_MS = 1000;

  /** "error=2, No such file or directory" on Java 17, "error: 2 (No such ...)" on Java 25. */
  private static final Pattern SYSTEM_ERROR = Pattern.compile("error[=:] ?\\d+,? \\(?([^)]+)");

  private BoundedProcess() {}

  /**
   * Runs argv to its end. The program and its children are killed when time is up or when this
   * thread is interrupted.
   *
   * @param what names the program's job, the start of every error: "camera.command"
   * @throws HardwareException when it cannot start, takes too long or exits other than 0
   */
  public static void run(String what, List<String> argv, int timeoutMs) throws HardwareException {
    String shown = String.join(" ", argv);
    Process process;
    try {
      process =
          new ProcessBuilder(argv)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .start();
    } catch (IOException e) {
      throw new HardwareException(
          what + ": cannot start `" + argv.get(0) + "`: " + reason(e) + "; check its path", e);
    }
    Tail tail = new Tail(process.getInputStream());
    Thread drain = new Thread(tail, "whorl-command-output");
    drain.setDaemon(true);
    drain.start();
    try {
      if (!process.waitFor(timeoutMs, TimeUnit.MILLISECONDS)) {
        throw new HardwareException(
            what + ": `" + shown + "` took longer than " + timeoutMs + " ms" + tail.lastLine());
      }
      drain.join(DRAIN_MS);
      if (process.exitValue() != 0) {
        throw new HardwareException(
            what
                + ": `"
                + shown
                + "` ended with exit code "
                + process.exitValue()
                + tail.lastLine());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HardwareException(what + ": interrupted while `" + shown + "` ran", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** What the system said, without the program's name and the number around it. */
  private static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    Matcher system = SYSTEM_ERROR.matcher(message);
    return system.find() ? system.group(1) : message;
  }

  /** Reads all, keeps the end. */
  private static final class Tail implements Runnable {
    private final InputStream in;
    private final StringBuilder kept = new StringBuilder();

    Tail(InputStream in) {
      this.in = in;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[1024];
      try {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          keep(new String(buffer, 0, n, StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        // The program was killed; what it said until then is all there is.
        keep("");
      }
    }

    private synchronized void keep(String text) {
      kept.append(text);
      kept.delete(0, Math.max(0, kept.length() - KEPT_OUTPUT_BYTES));
    }

    /** The last line said, for the end of an error; empty where nothing was said. */
    synchronized String lastLine() {
      String said = kept.toString().strip();
      return said.isEmpty() ? "" : "; it said: " + said.substring(said.lastIndexOf('\n') + 1);
    }
  }
}
