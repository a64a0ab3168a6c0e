package dev.whorl.sim.bed;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The relief of a {@link NozzleFace}, and what it leaves in plastic. Heights are in um, positive
 * where brass stands out of the flat's plane towards the plastic.
 *
 * <p>What a turned brass nozzle shows under a microscope is put together here: facing marks of the
 * lathe around an axis that is not quite the bore's, grain, scratches with burrs (some from the
 * factory, some from use), nicks in both rims, a slight tilt. Sizes are those of a machined face
 * (Ra 0.4 to 0.8 um). Not for several threads at once.
 */
public final class NozzleRelief {

  /** Spacing of the relief's grid and of an imprint's values. */
  public static final double CELL_MM = 0.005;

  /** Turned by a lathe: feed per turn and depth of the marks. */
  private static final double FEED_MIN_MM = 0.025;

  private static final double FEED_MAX_MM = 0.06;

  private static final int FACTORY_SCRATCHES = 45;

  /** Wiping, bed touches and filled filament; a guess, no measurement is known. */
  private static final double SCRATCHES_PER_DAY = 0.04;

  /** In so many days of use half of the fine relief is worn away. */
  private static final double HALF_LIFE_DAYS = 1_500;

  /** Plastic flows back behind a ridge within this length. */
  private static final double FLOW_BACK_MM = 0.08;

  /** Cooling polymer rounds off what is finer than this (standard deviation). */
  private static final double SKIN_MM = 0.005;

  private final NozzleFace face;
  private final int cells;
  private final float[] reliefUm;
  private final Map<Integer, float[]> imprints = new HashMap<>();

  /** Makes the relief of a face; some ten milliseconds. */
  public NozzleRelief(NozzleFace face) {
    this.face = face;
    this.cells = 2 * (int) Math.ceil(0.5 * face.flatMm() / CELL_MM) + 1;
    this.reliefUm = new float[cells * cells];
    SplittableRandom random = new SplittableRandom(Noise.seed(face.seed(), "relief"));
    double kept = Math.pow(0.5, face.ageDays() / HALF_LIFE_DAYS);
    addTurningMarks(random, kept);
    addField(0.008, 0.45 * kept, Noise.seed(face.seed(), "grain"));
    addField(0.022, 0.8, Noise.seed(face.seed(), "waves"));
    addField(0.015, 0.45 * Math.sqrt(1 - kept), Noise.seed(face.seed(), "wear"));
    addTilt(random);
    addNicks(random);
    addScratches(new SplittableRandom(Noise.seed(face.seed(), "scratches")));
    addResidue(new SplittableRandom(Noise.seed(face.residueSeed(), "residue")));
  }

  /** Half of the flat's outer diameter. */
  public double radiusMm() {
    return 0.5 * face.flatMm();
  }

  /** Relief at a point of the face as it sits in the machine, seen from above; 0 outside. */
  public double reliefUm(double xMm, double yMm) {
    double turn = Math.toRadians(face.turnDeg());
    double u = Math.cos(turn) * xMm + Math.sin(turn) * yMm;
    double v = -Math.sin(turn) * xMm + Math.cos(turn) * yMm;
    double i = u / CELL_MM + 0.5 * (cells - 1);
    double j = v / CELL_MM + 0.5 * (cells - 1);
    if (i < 0 || j < 0 || i >= cells - 1 || j >= cells - 1) {
      return 0;
    }
    int i0 = (int) i;
    int j0 = (int) j;
    double fi = i - i0;
    double fj = j - j0;
    int at = j0 * cells + i0;
    return (1 - fj) * ((1 - fi) * reliefUm[at] + fi * reliefUm[at + 1])
        + fj * ((1 - fi) * reliefUm[at + cells] + fi * reliefUm[at + cells + 1]);
  }

  /**
   * What is left in soft plastic after the flat has passed over it in a heading: um above the
   * flat's plane, over the lateral position from right of the heading (first) to left of it, {@link
   * #CELL_MM} apart, the middle one under the bore's centre. Plastic is pressed down by whatever
   * stands lowest and flows back behind it, so the part of the rim that passes last tells most.
   *
   * @param headingDeg direction of travel, counter-clockwise from machine +X; taken to the nearest
   *     degree
   */
  public float[] imprintUm(double headingDeg) {
    int key = Math.floorMod((int) Math.round(headingDeg), 360);
    return imprints.computeIfAbsent(key, this::imprint);
  }

  private float[] imprint(int headingDeg) {
    double c = Math.cos(Math.toRadians(headingDeg));
    double s = Math.sin(Math.toRadians(headingDeg));
    double radius = radiusMm();
    double bore = 0.5 * face.boreMm();
    double back = 1 - Math.exp(-CELL_MM / FLOW_BACK_MM);
    float[] line = new float[cells];
    for (int k = 0; k < cells; k++) {
      double v = (k - 0.5 * (cells - 1)) * CELL_MM;
      double half = Math.sqrt(Math.max(0, radius * radius - v * v));
      double left = 0;
      for (double u = half; u >= -half; u -= CELL_MM) {
        if (u * u + v * v < bore * bore) {
          left = 1; // plastic stands a little proud in the bore
          continue;
        }
        double bottom = -reliefUm(u * c - v * s, u * s + v * c);
        left = bottom < left ? bottom : left + back * (bottom - left);
      }
      line[k] = (float) left;
    }
    return smooth(line);
  }

  private static float[] smooth(float[] line) {
    int reach = (int) Math.ceil(3 * SKIN_MM / CELL_MM);
    float[] out = new float[line.length];
    for (int k = 0; k < line.length; k++) {
      double sum = 0;
      double weights = 0;
      for (int d = -reach; d <= reach; d++) {
        if (k + d >= 0 && k + d < line.length) {
          double w = Math.exp(-0.5 * Math.pow(d * CELL_MM / SKIN_MM, 2));
          sum += w * line[k + d];
          weights += w;
        }
      }
      out[k] = (float) (sum / weights);
    }
    return out;
  }

  private double coordinateMm(int cell) {
    return (cell - 0.5 * (cells - 1)) * CELL_MM;
  }

  private void addTurningMarks(SplittableRandom random, double kept) {
    double feed = random.nextDouble(FEED_MIN_MM, FEED_MAX_MM);
    double phase = random.nextDouble();
    double offX = 0.04 * random.nextDouble(-1, 1);
    double offY = 0.04 * random.nextDouble(-1, 1);
    double depth = kept * random.nextDouble(0.1, 0.5);
    for (int j = 0; j < cells; j++) {
      for (int i = 0; i < cells; i++) {
        double turns = Math.hypot(coordinateMm(i) - offX, coordinateMm(j) - offY) / feed + phase;
        // A round-nosed tool leaves scallops: parabolas that meet in cusps.
        double t = turns - Math.rint(turns);
        reliefUm[j * cells + i] += (float) (depth * (12 * t * t - 1));
      }
    }
  }

  private void addField(double lengthMm, double rmsUm, long seed) {
    float[] field = Noise.smooth(cells, cells, lengthMm / CELL_MM, seed);
    for (int i = 0; i < field.length; i++) {
      reliefUm[i] += (float) rmsUm * field[i];
    }
  }

  private void addTilt(SplittableRandom random) {
    double tiltX = 1.5 * random.nextDouble(-1, 1); // um per mm, that is mrad
    double tiltY = 1.5 * random.nextDouble(-1, 1);
    for (int j = 0; j < cells; j++) {
      for (int i = 0; i < cells; i++) {
        reliefUm[j * cells + i] += (float) (tiltX * coordinateMm(i) + tiltY * coordinateMm(j));
      }
    }
  }

  private void addNicks(SplittableRandom random) {
    for (int n = 0; n < 14; n++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double rim = 0.5 * (n % 2 == 0 ? face.boreMm() : face.flatMm());
      double depth = random.nextDouble(1, 6);
      double size = random.nextDouble(0.012, 0.035);
      addBump(rim * Math.cos(angle), rim * Math.sin(angle), size, -depth);
    }
  }

  private void addScratches(SplittableRandom random) {
    double bornDays = 0;
    for (int n = 0; ; n++) {
      if (n >= FACTORY_SCRATCHES) {
        bornDays += -Math.log(1 - random.nextDouble()) / SCRATCHES_PER_DAY;
        if (bornDays > face.ageDays()) {
          return;
        }
      }
      double radius = radiusMm();
      double angle = Math.PI * random.nextDouble();
      double offset = radius * random.nextDouble(-0.9, 0.9);
      double length = radius * random.nextDouble(0.1, 0.9);
      double middle = radius * random.nextDouble(-0.7, 0.7);
      double width = random.nextDouble(0.005, 0.014);
      double depth = 0.7 * Math.exp(0.8 * gaussian(random));
      double burr = random.nextDouble(0.1, 0.5);
      double wear = Math.pow(0.5, (face.ageDays() - bornDays) / HALF_LIFE_DAYS);
      addScratch(angle, offset, middle, length, width, depth * wear, burr);
    }
  }

  private void addScratch(
      double angle,
      double offset,
      double middle,
      double length,
      double width,
      double depth,
      double burr) {
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    for (int j = 0; j < cells; j++) {
      for (int i = 0; i < cells; i++) {
        double x = coordinateMm(i);
        double y = coordinateMm(j);
        double across = (-s * x + c * y - offset) / width;
        double along = Math.abs(c * x + s * y - middle) - 0.5 * length;
        if (Math.abs(across) > 5 || along > 0.03) {
          continue;
        }
        double fade = along < 0 ? 1 : 1 - along / 0.03;
        double groove = -Math.exp(-0.5 * across * across);
        double edge = Math.abs(across) - 2.2;
        double ridge = burr * Math.exp(-edge * edge);
        reliefUm[j * cells + i] += (float) (fade * depth * (groove + ridge));
      }
    }
  }

  /** Char and a film of old plastic: other for each print. */
  private void addResidue(SplittableRandom random) {
    addField(0.02, 0.3, random.nextLong());
    int bits = random.nextInt(4);
    for (int n = 0; n < bits; n++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double r = radiusMm() * random.nextDouble(0.45, 0.95);
      double size = random.nextDouble(0.012, 0.03);
      addBump(r * Math.cos(angle), r * Math.sin(angle), size, random.nextDouble(0.5, 3));
    }
  }

  private void addBump(double x, double y, double sizeMm, double heightUm) {
    for (int j = 0; j < cells; j++) {
      for (int i = 0; i < cells; i++) {
        double d2 = Math.pow(coordinateMm(i) - x, 2) + Math.pow(coordinateMm(j) - y, 2);
        if (d2 < 16 * sizeMm * sizeMm) {
          reliefUm[j * cells + i] += (float) (heightUm * Math.exp(-0.5 * d2 / (sizeMm * sizeMm)));
        }
      }
    }
  }

  private static double gaussian(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
