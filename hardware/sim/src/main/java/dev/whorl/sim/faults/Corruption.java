package dev.whorl.sim.faults;

import java.util.random.RandomGenerator;

/**
 * Changes one byte of some lines to another one, any byte of the line, its line break too. It must
 * choose the place before it knows how long the line is, so it takes the line before for a measure;
 * in a shorter line it is the line break that is hit.
 */
final class Corruption implements Noise {

  private static final int NONE = -1;

  private final double probability;
  private final RandomGenerator random;
  private int at;
  private int hit;
  private int lineBytes = 16;

  /**
   * For one direction.
   *
   * @param probability of a line to be hit
   */
  Corruption(double probability, RandomGenerator random) {
    this.probability = probability;
    this.random = random;
    this.hit = choose();
  }

  private int choose() {
    return random.nextDouble() < probability ? random.nextInt(lineBytes) : NONE;
  }

  @Override
  public byte[] pass(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      boolean ends = bytes[i] == '\n';
      if (hit != NONE && (at == hit || ends)) {
        bytes[i] = (byte) (bytes[i] ^ (1 + random.nextInt(255)));
        hit = NONE;
      }
      at++;
      if (ends) {
        lineBytes = at;
        at = 0;
        hit = choose();
      }
    }
    return bytes;
  }
}
