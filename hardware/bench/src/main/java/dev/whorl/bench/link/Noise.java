package dev.whorl.bench.link;

import dev.whorl.sim.pty.PtyWire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Claim 8: ten million random bytes and one line of a million, then one sensible line. The reader
 * is a process whose heap could hold none of that.
 */
final class Noise implements Item {

  private static final int RANDOM_BYTES = 10_000_000;
  private static final int LONG_LINE_BYTES = 1_000_000;
  private static final int BLOCK_BYTES = 2_048;

  /** Whorl's link and the serial library alone need about 4 MiB. */
  private static final int HEAP_MIB = 8;

  private static final String SENSIBLE =
      String.format(Locale.ROOT, "\n T:%.2f /0.00 B:20.00 /0.00\n", Listening.SENSIBLE_C);

  private static final int SAID_AGAIN = 300;
  private static final long LIMIT_S = 150;

  @Override
  public String name() {
    return "noise";
  }

  @Override
  public List<Finding> look(Bench bench) throws IOException, InterruptedException {
    int random = bench.amount(RANDOM_BYTES);
    int line = bench.amount(LONG_LINE_BYTES);
    bench.say().accept("noise: " + random + " random bytes, then a line of " + line);
    try (PtyWire printer = PtyWire.open()) {
      List<String> command = new ArrayList<>(JavaProcess.command(Listening.class, HEAP_MIB));
      command.add(printer.address());
      Process process =
          new ProcessBuilder(command)
              .redirectError(bench.dir().resolve("noise.log").toFile())
              .start();
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
        String said = out.readLine();
        if (!"listening".equals(said)) {
          throw new IOException("the listener does not start but says: " + said);
        }
        long began = System.nanoTime();
        makeNoise(printer, random, line, bench.seed());
        // What nobody reads for a moment is lost, as on a UART: so it is said again.
        for (int i = 0; i < SAID_AGAIN && process.isAlive() && !out.ready(); i++) {
          printer.write(SENSIBLE.getBytes(StandardCharsets.US_ASCII));
          TimeUnit.MILLISECONDS.sleep(100);
        }
        String answer = out.readLine();
        double seconds = (System.nanoTime() - began) / 1e9;
        return List.of(finding(answer == null ? "nothing" : answer, random, line, seconds));
      } finally {
        if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    }
  }

  private static void makeNoise(PtyWire printer, int random, int line, long seed)
      throws IOException {
    SplittableRandom generator = new SplittableRandom(seed);
    byte[] block = new byte[BLOCK_BYTES];
    for (int sent = 0; sent < random; sent += block.length) {
      generator.nextBytes(block);
      printer.write(block);
    }
    Arrays.fill(block, (byte) 'x');
    for (int sent = 0; sent < line; sent += block.length) {
      printer.write(block);
    }
  }

  private Finding finding(String answer, int random, int line, double seconds) {
    boolean survived = answer.startsWith("heard ");
    return new Finding(
        name(),
        "pseudo-terminal",
        String.format(
            Locale.ROOT,
            "%.1f MB of random bytes and a line of %.1f MB in %.1f s with a heap of %d MiB: %s",
            random / 1e6,
            line / 1e6,
            seconds,
            HEAP_MIB,
            survived ? "every line after it is heard" : answer),
        "the reader survives within a bounded heap",
        survived,
        Map.of("random_bytes", random, "line_bytes", line, "heap_mib", HEAP_MIB, "said", answer));
  }
}
