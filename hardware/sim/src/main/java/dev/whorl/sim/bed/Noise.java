package dev.whorl.sim.bed;

import java.util.SplittableRandom;

/** Seeded random fields on grids, row by row, of zero mean and unit variance. */
public final class Noise {

  private static final int TABLE_BITS = 14;
  private static final float[] NORMAL = normalTable();

  private long state;

  /** A stream of normal deviates; quick rather than fine (16384 different values). */
  public Noise(long seed) {
    state = mix(seed) | 1;
  }

  /** The next normal deviate. */
  public float next() {
    // xorshift64*; the upper bits are the good ones.
    state ^= state >>> 12;
    state ^= state << 25;
    state ^= state >>> 27;
    return NORMAL[(int) ((state * 0x2545F4914F6CDD1DL) >>> (64 - TABLE_BITS))];
  }

  /** Another seed of its own for another purpose. */
  public static long seed(long seed, String purpose) {
    long h = mix(seed);
    for (int i = 0; i < purpose.length(); i++) {
      h = mix(h ^ purpose.charAt(i));
    }
    return h;
  }

  /** Independent from cell to cell. */
  public static float[] white(int width, int height, long seed) {
    Noise noise = new Noise(seed);
    float[] field = new float[width * height];
    for (int i = 0; i < field.length; i++) {
      field[i] = noise.next();
    }
    return field;
  }

  /** Correlated as exp(-d2 / (4 s2)), s in cells; smoothed by a Gaussian and scaled back. */
  public static float[] smooth(int width, int height, double sigmaCells, long seed) {
    float[] field = white(width, height, seed);
    float[] kernel = kernel(sigmaCells);
    blurRows(field, width, height, kernel);
    blurColumns(field, width, height, kernel);
    // White noise through a kernel k keeps the variance sum k2, once per direction.
    double power = 0;
    for (float k : kernel) {
      power += k * k;
    }
    float scale = (float) (1 / power);
    for (int i = 0; i < field.length; i++) {
      field[i] *= scale;
    }
    return field;
  }

  private static float[] kernel(double sigma) {
    int reach = Math.max(1, (int) Math.ceil(3 * sigma));
    float[] kernel = new float[2 * reach + 1];
    double sum = 0;
    for (int i = -reach; i <= reach; i++) {
      double k = sigma > 0 ? Math.exp(-0.5 * i * i / (sigma * sigma)) : i == 0 ? 1 : 0;
      kernel[i + reach] = (float) k;
      sum += k;
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= (float) sum;
    }
    return kernel;
  }

  /** Fields wrap around their edges, so that the variance is the same everywhere. */
  private static void blurRows(float[] field, int width, int height, float[] kernel) {
    int reach = kernel.length / 2;
    float[] line = new float[width + 2 * reach];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < line.length; i++) {
        line[i] = field[y * width + Math.floorMod(i - reach, width)];
      }
      for (int x = 0; x < width; x++) {
        float sum = 0;
        for (int k = 0; k < kernel.length; k++) {
          sum += kernel[k] * line[x + k];
        }
        field[y * width + x] = sum;
      }
    }
  }

  private static void blurColumns(float[] field, int width, int height, float[] kernel) {
    int reach = kernel.length / 2;
    float[] source = field.clone();
    java.util.Arrays.fill(field, 0);
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < kernel.length; k++) {
        int from = Math.floorMod(y + k - reach, height) * width;
        float weight = kernel[k];
        for (int x = 0; x < width; x++) {
          field[y * width + x] += weight * source[from + x];
        }
      }
    }
  }

  private static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static float[] normalTable() {
    float[] table = new float[1 << TABLE_BITS];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < table.length; i += 2) {
      // Box and Muller, the radius stratified so that the tails have their right weight.
      double radius = Math.sqrt(-2 * Math.log((i + 1.0) / table.length));
      double angle = 2 * Math.PI * random.nextDouble();
      table[i] = (float) (radius * Math.cos(angle));
      table[i + 1] = (float) (radius * Math.sin(angle));
    }
    return table;
  }
}
