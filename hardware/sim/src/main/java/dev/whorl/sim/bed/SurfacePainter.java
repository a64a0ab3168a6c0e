package dev.whorl.sim.bed;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays an object's tracks one after another on a grid, as plastic behaves under a hot flat nozzle:
 *
 * <ul>
 *   <li>a bead fills the gap between the nozzle and what lies below, as wide as its flow makes it
 *       ({@link BeadProfile}); it fuses with what was laid beside it, which leaves a shallow
 *       valley;
 *   <li>the flat then passes over it and over whatever else stands up to it, and leaves its relief
 *       ({@link NozzleRelief});
 *   <li>where there is no gap, plastic is smeared into the valleys and the rest is thrown up in two
 *       ridges beside the flat.
 * </ul>
 *
 * <p>Stateless from call to call: the same object, region and resolution give the same surface.
 */
public final class SurfacePainter {

  /** Ground is what lies within this share of the bore's diameter from the path. */
  private static final double GROUND_REACH = 0.3;

  /** In a gap thinner than this share of the bore no bead stands; the melt is smeared. */
  private static final double THINNEST_GAP = 0.125;

  /** The melt evens out the gap it fills over this length to either side. */
  private static final double GROUND_SMOOTH_MM = 0.3;

  /** Reach of the fillet where beads fuse, over the gap: leaves some 2 % of a solid layer void. */
  private static final double FILLET = 1.5;

  /** Solid plastic springs back by half of what grazes it, at most by half of this depth. */
  private static final double SPRING_MM = 0.002;

  /** Hollows of the flat up to this deep are filled by the melt's pressure. */
  private static final double HOLLOW_MM = 0.006;

  /**
   * The share of the displaced plastic that ends in the ridges; the nozzle carries the rest off.
   */
  private static final double RIDGE_SHARE = 0.5;

  private static final double RIDGE_WIDTH_MM = 0.1;
  private static final double MAX_RIDGE_MM = 0.04;

  /** A bead sinks towards its sides as it cools and the pressure goes. */
  private static final double CROWN_MM = 0.004;

  private static final double BEAD_HEIGHT_RMS_MM = 0.0006;
  private static final double WAVE_RMS_MM = 0.0025;
  private static final double WAVE_LENGTH_MM = 2.5;

  /** How well the relief takes varies from place to place. */
  private static final double CONTACT_RMS = 0.12;

  private final PrintedObject object;
  private final NozzleRelief relief;
  private final Surface surface;
  private final SmoothField contact;
  private final double flatRadiusMm;

  private SurfacePainter(PrintedObject object, Bounds region, double pxPerMm) {
    this.object = object;
    this.relief = new NozzleRelief(object.nozzle());
    this.surface = Surface.bare(region, pxPerMm);
    this.contact = new SmoothField(region, 0.6, Noise.seed(object.seed(), "contact"));
    this.flatRadiusMm = relief.radiusMm();
  }

  /** The surface of an object within a region at a resolution. */
  public static Surface paint(PrintedObject object, Bounds region, double pxPerMm) {
    SurfacePainter painter = new SurfacePainter(object, region, pxPerMm);
    painter.layTracks();
    painter.addSkin(region);
    return painter.surface;
  }

  private void layTracks() {
    Noise beadHeight = new Noise(Noise.seed(object.seed(), "bead height"));
    double margin = flatRadiusMm + 3 / surface.pxPerMm();
    for (Track track : Joined.tracks(object.tracks())) {
      double dz = BEAD_HEIGHT_RMS_MM * beadHeight.next();
      // The ground of a whole track is taken before it is laid: it does not climb on its own bends.
      List<Run> runs = new ArrayList<>(Run.of(track, surface, margin));
      runs.removeIf(run -> !onGrid(run));
      if (track.kind() == Track.Kind.EXTRUDED) {
        for (Run run : runs) {
          findGround(run);
        }
      }
      for (Run run : runs) {
        lay(run, track.kind(), dz);
      }
    }
  }

  private boolean onGrid(Run run) {
    int columns = run.alongX ? surface.width() : surface.height();
    if (run.firstColumn >= columns || run.firstColumn + run.across.length <= 0) {
      return false;
    }
    int rows = run.alongX ? surface.height() : surface.width();
    double reach = 2 * flatRadiusMm * surface.pxPerMm();
    float first = run.across[0];
    float last = run.across[run.across.length - 1];
    return Math.max(first, last) + reach > 0 && Math.min(first, last) - reach < rows;
  }

  private void findGround(Run run) {
    double px = surface.pxPerMm();
    int columns = run.across.length;
    int reach = (int) Math.ceil(GROUND_REACH * object.nozzle().boreMm() * px);
    float[] raw = new float[columns];
    for (int k = 0; k < columns; k++) {
      raw[k] = meanAround(run, k, reach);
    }
    // Beyond the ends nothing is laid, and what lies there is no part of the ground.
    int from = 0;
    while (from < columns - 1 && !within(run, from)) {
      from++;
    }
    int to = columns - 1;
    while (to > from && !within(run, to)) {
      to--;
    }
    int half = (int) Math.round(GROUND_SMOOTH_MM * px);
    double[] sums = new double[columns + 1];
    int[] counts = new int[columns + 1];
    for (int k = 0; k < columns; k++) {
      boolean counted = k >= from && k <= to && !Float.isNaN(raw[k]);
      sums[k + 1] = sums[k] + (counted ? raw[k] : 0);
      counts[k + 1] = counts[k] + (counted ? 1 : 0);
    }
    for (int k = 0; k < columns; k++) {
      int middle = Math.min(Math.max(k, from), to);
      int lo = Math.max(0, middle - half);
      int hi = Math.min(columns, middle + half + 1);
      int n = counts[hi] - counts[lo];
      run.groundMm[k] = n == 0 ? Float.NaN : (float) ((sums[hi] - sums[lo]) / n);
    }
  }

  private static boolean within(Run run, int k) {
    return run.distanceMm[k] >= 0 && run.distanceMm[k] <= run.lengthMm;
  }

  private float meanAround(Run run, int k, int reach) {
    int column = run.firstColumn + k;
    int columns = run.alongX ? surface.width() : surface.height();
    if (column < 0 || column >= columns) {
      return Float.NaN;
    }
    int rows = run.alongX ? surface.height() : surface.width();
    int middle = Math.round(run.across[k]);
    double sum = 0;
    int n = 0;
    for (int row = Math.max(0, middle - reach); row <= Math.min(rows - 1, middle + reach); row++) {
      sum += surface.heightMm()[index(run, column, row)];
      n++;
    }
    return n == 0 ? Float.NaN : (float) (sum / n);
  }

  private int index(Run run, int column, int row) {
    return run.alongX ? row * surface.width() + column : column * surface.width() + row;
  }

  private void lay(Run run, Track.Kind kind, double dz) {
    double px = surface.pxPerMm();
    int columns = run.alongX ? surface.width() : surface.height();
    int rows = run.alongX ? surface.height() : surface.width();
    Column column = new Column(run, px, rows);
    float[] imprint = relief.imprintUm(run.headingDeg());
    double thinnestMm = THINNEST_GAP * object.nozzle().boreMm();
    int from = Math.max(0, -run.firstColumn);
    int to = Math.min(run.across.length, columns - run.firstColumn);
    for (int k = from; k < to; k++) {
      column.take(k);
      double nozzleMm = run.zMm[k] + dz;
      double flow = kind == Track.Kind.EXTRUDED ? run.flowAreaMm2[k] : 0;
      double laidHalfMm = 0;
      double ground = run.groundMm[k];
      double gap = nozzleMm - ground;
      if (flow > 0 && gap > thinnestMm && flow / gap < 2 * flatRadiusMm) {
        BeadProfile bead = new BeadProfile(flow, gap);
        column.deposit(bead, ground, nozzleMm);
        laidHalfMm = bead.halfWidthMm;
      }
      column.press(nozzleMm, imprint, laidHalfMm > 0 ? 0 : flow, laidHalfMm);
    }
  }

  /** The samples across the path at one column of a run. */
  private final class Column {
    private final Run run;
    private final double px;
    private final int rows;
    private final int stride;
    private final double lateralPerRow; // mm to the left of travel for one row
    private final double forwardPerRow; // mm along travel for one row
    private final double sampleMm;
    private int base;
    private double middle;
    private double distance;
    private int lowRow;
    private int highRow;
    private boolean midway; // all samples lie between the run's ends
    private double x0;
    private double y0;

    Column(Run run, double px, int rows) {
      this.run = run;
      this.px = px;
      this.rows = rows;
      this.stride = run.alongX ? surface.width() : 1;
      lateralPerRow = (run.alongX ? run.directionX : -run.directionY) / px;
      forwardPerRow = (run.alongX ? run.directionY : run.directionX) / px;
      sampleMm = Math.abs(lateralPerRow);
    }

    void take(int k) {
      int column = run.firstColumn + k;
      base = run.alongX ? column : column * surface.width();
      middle = run.across[k];
      distance = run.distanceMm[k];
      double reach = flatRadiusMm / sampleMm + 1;
      lowRow = Math.max(0, (int) Math.ceil(middle - reach));
      highRow = Math.min(rows - 1, (int) Math.floor(middle + reach));
      double skew = reach * Math.abs(forwardPerRow);
      midway = distance > skew && distance < run.lengthMm - skew;
      x0 = run.alongX ? surface.xMm(column) : surface.minXMm() + middle / px;
      y0 = run.alongX ? surface.minYMm() + middle / px : surface.yMm(column);
    }

    /** How far a row lies before the start or after the end of the run, mm; 0 within. */
    private double beyond(int row) {
      if (midway) {
        return 0;
      }
      double s = distance + (row - middle) * forwardPerRow;
      return s < 0 ? -s : Math.max(0, s - run.lengthMm);
    }

    void deposit(BeadProfile bead, double groundMm, double nozzleMm) {
      float[] h = surface.heightMm();
      double reach = bead.halfWidthMm + sampleMm;
      int low = Math.max(lowRow, (int) Math.ceil(middle - reach / sampleMm));
      int high = Math.min(highRow, (int) Math.floor(middle + reach / sampleMm));
      for (int row = low; row <= high; row++) {
        double e = beyond(row);
        double v = Math.abs((row - middle) * lateralPerRow);
        double r = e > 0 ? Math.sqrt(e * e + v * v) : v;
        double height = bead.heightMm(r, sampleMm);
        if (height <= 0) {
          continue;
        }
        int i = base + row * stride;
        double there = h[i];
        double top = groundMm + height;
        double beside = Math.min(1, (there - groundMm) / bead.heightMm);
        double k = FILLET * bead.heightMm * beside;
        double d = Math.abs(top - there);
        double raise = k > 0 && d < k ? 0.25 * k * (1 - d / k) * (1 - d / k) : 0;
        h[i] = (float) Math.max(there, Math.min(nozzleMm + 0.001, Math.max(top, there) + raise));
      }
    }

    /**
     * The flat's passage.
     *
     * @param smearedMm2 plastic that found no gap and is smeared
     * @param laidHalfMm half the width of what was laid just now, 0 for nothing: it is soft, fills
     *     the flat's hollows and does not spring back
     */
    void press(double nozzleMm, float[] imprint, double smearedMm2, double laidHalfMm) {
      float[] h = surface.heightMm();
      double take = Math.max(0.3, 0.85 + CONTACT_RMS * contact.at(x0, y0));
      double displaced = 0;
      double hollow = 0;
      for (int row = lowRow; row <= highRow; row++) {
        double v = (row - middle) * lateralPerRow;
        double e = beyond(row);
        double r = e > 0 ? Math.sqrt(e * e + v * v) : Math.abs(v);
        double covered = Math.min(1, (flatRadiusMm - r) / sampleMm + 0.5);
        if (covered <= 0) {
          continue;
        }
        double bottom = nozzleMm + 0.001 * take * imprintAt(imprint, v);
        int i = base + row * stride;
        double depth = h[i] - bottom;
        boolean fresh = r < laidHalfMm && depth > -HOLLOW_MM;
        if (fresh) {
          double crown = CROWN_MM * (r / laidHalfMm) * (r / laidHalfMm);
          h[i] -= (float) (covered * (depth + crown));
        } else if (depth > 0) {
          double spring = 0.5 * SPRING_MM * depth / (depth + SPRING_MM);
          double cut = covered * (depth - spring);
          h[i] -= (float) cut;
          displaced += e > 0 ? 0 : cut * sampleMm;
        } else {
          hollow -= e > 0 ? 0 : covered * depth * sampleMm;
        }
      }
      if (smearedMm2 + displaced > 0) {
        smear(nozzleMm, imprint, take, smearedMm2 + displaced, hollow);
      }
    }

    private void smear(
        double nozzleMm, float[] imprint, double take, double volumeMm2, double hollowMm2) {
      float[] h = surface.heightMm();
      double filled = hollowMm2 > 0 ? Math.min(1, volumeMm2 / hollowMm2) : 0;
      double rest = volumeMm2 - filled * hollowMm2;
      double ridge = Math.min(MAX_RIDGE_MM, RIDGE_SHARE * 0.5 * rest / RIDGE_WIDTH_MM);
      int more = (int) Math.ceil(3 * RIDGE_WIDTH_MM / sampleMm);
      int low = Math.max(0, lowRow - more);
      int high = Math.min(rows - 1, highRow + more);
      for (int row = low; row <= high; row++) {
        if (beyond(row) > 0) {
          continue;
        }
        double v = (row - middle) * lateralPerRow;
        int i = base + row * stride;
        double outside = Math.abs(v) - flatRadiusMm;
        if (outside < 0) {
          double depth = nozzleMm + 0.001 * take * imprintAt(imprint, v) - h[i];
          if (depth > 0) {
            h[i] += (float) (filled * depth);
          }
        } else if (ridge > 1e-5) {
          h[i] += (float) (ridge * Math.exp(-outside / RIDGE_WIDTH_MM));
        }
      }
    }

    private double imprintAt(float[] imprint, double lateralMm) {
      double x = lateralMm / NozzleRelief.CELL_MM + 0.5 * (imprint.length - 1);
      if (x <= 0) {
        return imprint[0];
      }
      int i = (int) x;
      return i >= imprint.length - 1
          ? imprint[imprint.length - 1]
          : imprint[i] + (x - i) * (imprint[i + 1] - imprint[i]);
    }
  }

  /** Waviness and grain, on plastic only. */
  private void addSkin(Bounds region) {
    SmoothField waves =
        new SmoothField(region, WAVE_LENGTH_MM, Noise.seed(object.seed(), "waviness"));
    Material material = object.material();
    int width = surface.width();
    int height = surface.height();
    float[] grain =
        Noise.smooth(
            width,
            height,
            0.001 * material.grainUm() * surface.pxPerMm(),
            Noise.seed(object.seed(), "skin"));
    float[] h = surface.heightMm();
    float grainMm = (float) (0.001 * material.roughnessUm());
    for (int row = 0; row < height; row++) {
      double y = surface.yMm(row);
      for (int column = 0; column < width; column++) {
        int i = row * width + column;
        if (h[i] > Surface.BARE_MM) {
          h[i] += (float) (WAVE_RMS_MM * waves.at(surface.xMm(column), y)) + grainMm * grain[i];
        }
      }
    }
  }
}
