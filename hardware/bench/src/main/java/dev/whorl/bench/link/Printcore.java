package dev.whorl.bench.link;

import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Printrun's printcore, as Debian packages it, driven by a small program of ours. */
final class Printcore {

  private static final String PYTHON = "/usr/bin/python3";
  private static final String DRIVER = "printcore_sender.py";

  private final Path driver;

  private Printcore(Path driver) {
    this.driver = driver;
  }

  /** Puts the driver in place, and sees to it that printcore is there. */
  static Printcore installed(Path dir) throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder(PYTHON, "-c", "import printrun.printcore, printrun.gcoder")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!check.waitFor(30, TimeUnit.SECONDS) || check.exitValue() != 0) {
      check.destroyForcibly();
      throw UserError.hardware(
          "bench link: Printrun's printcore is not installed: apt-get install"
              + " --no-install-recommends printcore");
    }
    Path driver = dir.resolve(DRIVER);
    try (InputStream in = Printcore.class.getResourceAsStream(DRIVER)) {
      if (in == null) {
        throw new IOException("this build lacks " + DRIVER);
      }
      Files.write(driver, in.readAllBytes());
    }
    return new Printcore(driver);
  }

  /** Sends a program. */
  Sending send(String port, int baud, Path program, int lines, Duration limit)
      throws IOException, InterruptedException {
    return SendingProcess.run(
        List.of(PYTHON, driver.toString()), port, baud, program, lines, limit);
  }
}
