package dev.whorl.sim.faults;

import java.io.ByteArrayOutputStream;
import java.util.random.RandomGenerator;

/** Puts a burst of random bytes, ended by a line break, before some lines. */
final class Garbage implements Noise {

  private static final int MOST_BYTES = 200;

  private final double probability;
  private final RandomGenerator random;
  private boolean begins = true;

  Garbage(double probability, RandomGenerator random) {
    this.probability = probability;
    this.random = random;
  }

  @Override
  public byte[] pass(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + MOST_BYTES);
    for (byte b : bytes) {
      if (begins && random.nextDouble() < probability) {
        byte[] burst = new byte[1 + random.nextInt(MOST_BYTES)];
        random.nextBytes(burst);
        burst[burst.length - 1] = '\n';
        out.writeBytes(burst);
      }
      out.write(b);
      begins = b == '\n';
    }
    return out.toByteArray();
  }
}
