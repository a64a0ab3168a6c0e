package dev.whorl.fingerprint.trace;

import dev.whorl.fingerprint.capture.UnfitCapture;
import dev.whorl.fingerprint.surface.SurfaceMaps;
import dev.whorl.fingerprint.toolpath.Segment;
import dev.whorl.fingerprint.toolpath.Toolpath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Traces a coupon. First each isolated bead is looked for near its place and the registration is
 * corrected by what was found; then the shape of each kind of bead is learned from the coupon, and
 * every bin of every bead is laid against it.
 */
public final class Tracer {
  /** How far off its place a bead is looked for at first: the markers leave up to 0.15 mm. */
  private static final double SEARCH_MM = 0.25;

  /** How far off a bead may lie once the registration was corrected. */
  private static final double NEAR_MM = 0.12;

  private static final double COARSE_BIN_MM = 3;

  /** Short enough for the 2.9 mm that a full step of 0.2 mm makes on a bead tilted by 4 degrees. */
  private static final double BEAD_BIN_MM = 0.25;

  /** Across a raster nothing but the ringing changes along the bead. */
  private static final double VALLEY_BIN_MM = 0.5;

  /** Fewer pieces than this and there is no telling where the coupon's beads are. */
  private static final int LEAST_PIECES = 12;

  private final SurfaceMaps maps;
  private final Toolpath toolpath;
  private final double pitchMm;
  private final List<Path> paths;
  private Warp warp;

  private Tracer(SurfaceMaps maps, Toolpath toolpath) {
    this.maps = maps;
    this.toolpath = toolpath;
    this.pitchMm = toolpath.pitchMm();
    this.paths = Paths.of(toolpath);
    this.warp = Warp.none(Math.max(toolpath.widthMm(), toolpath.heightMm()));
  }

  /**
   * Traces the beads of a program on a surface.
   *
   * @throws UnfitCapture where too few beads lie where the program puts them
   */
  public static Tracing trace(SurfaceMaps maps, Toolpath toolpath) throws UnfitCapture {
    return new Tracer(maps, toolpath).run();
  }

  private Tracing run() throws UnfitCapture {
    coarse(SEARCH_MM);
    coarse(SEARCH_MM / 2);
    Map<Path, Strip> strips = strips();
    Map<String, Template> templates = learn(strips, Map.of());
    refine(strips, templates);
    strips = strips();
    templates = learn(strips, templates);
    List<Trace> traces = traces(strips, templates);
    calibrateNoise(traces);
    double sought = 0;
    double found = 0;
    for (Path path : paths) {
      sought += path.toMm() - path.fromMm();
    }
    for (Trace trace : traces) {
      found += trace.size() * trace.binMm();
    }
    return new Tracing(traces, paths.size(), sought > 0 ? found / sought : 0, rms(traces), warp);
  }

  private static double rms(List<Trace> traces) {
    double sum = 0;
    int n = 0;
    for (Trace trace : traces) {
      for (double lateral : trace.lateralUm()) {
        sum += lateral * lateral;
        n++;
      }
    }
    return n == 0 ? 0 : Math.sqrt(sum / n);
  }

  /** Looks for isolated beads in pieces, and corrects the registration by them. */
  private void coarse(double searchMm) throws UnfitCapture {
    double window = 0.75 * pitchMm;
    Template guess = Template.bead(1 / maps.pxPerMm(), window + searchMm, pitchMm);
    List<double[]> found = new ArrayList<>();
    int sought = 0;
    for (Path path : paths) {
      if (path.valley()) {
        continue;
      }
      Strip strip =
          Strip.sample(
              maps,
              warp,
              path.line(),
              path.fromMm(),
              path.toMm(),
              COARSE_BIN_MM,
              window + searchMm);
      for (int b = 0; b < strip.sMm.length; b++) {
        sought++;
        ProfileFit best = null;
        for (double start = -searchMm; start <= searchMm + 1e-9; start += searchMm / 4) {
          ProfileFit fit =
              ProfileFit.of(
                  guess,
                  strip.slope[b],
                  strip.weight[b],
                  strip.stepMm,
                  window,
                  start,
                  1.2 * searchMm);
          if (fit != null && (best == null || fit.explained() > best.explained())) {
            best = fit;
          }
        }
        if (best != null) {
          found.add(piece(path.line(), strip.sMm[b], best.shiftMm()));
        }
      }
    }
    if (found.size() < Math.max(LEAST_PIECES, sought / 4)) {
      throw new UnfitCapture(
          "beads",
          String.format(Locale.ROOT, "%d of %d pieces found in their places", found.size(), sought),
          "at least " + Math.max(LEAST_PIECES, sought / 4),
          "see that the capture is of this program's coupon, sharp and whole");
    }
    correct(found, false);
  }

  private static double[] piece(Segment line, double s, double shiftMm) {
    return new double[] {
      line.xMm(s, 0), line.yMm(s, 0), -line.directionY(), line.directionX(), shiftMm
    };
  }

  /** Fits the warp to shifts across lines; far ones count little (Cauchy weights). */
  private void correct(List<double[]> pieces, boolean quadratic) {
    int[] unknowns = new int[2 * Warp.TERMS];
    for (int i = 0; i < unknowns.length; i++) {
      unknowns[i] = i;
    }
    double[] terms = new double[Warp.TERMS];
    double[] factors = new double[2 * Warp.TERMS];
    double[] values = new double[2 * Warp.TERMS];
    double scaleMm = 0.1;
    for (int round = 0; round < 6; round++) {
      NormalEquations equations = new NormalEquations(2 * Warp.TERMS);
      double[] residuals = new double[pieces.size()];
      for (int p = 0; p < pieces.size(); p++) {
        double[] piece = pieces.get(p);
        double fitted = factors(piece, terms, factors, values);
        double r = piece[4] - fitted;
        residuals[p] = Math.abs(r);
        double weight = 1 / (scaleMm * scaleMm * (1 + Math.pow(r / (2 * scaleMm), 2)));
        equations.add(unknowns, factors, factors.length, piece[4], weight);
      }
      for (int i = 0; i < Warp.TERMS; i++) {
        // Second-degree terms: perspective and lens left by the markers, at most some 0.05 mm.
        double sd = i < 3 ? 1 : quadratic ? 0.05 : 1e-4;
        equations.prior(i, sd);
        equations.prior(Warp.TERMS + i, sd);
      }
      NormalEquations.Solution solution = equations.solve();
      if (solution == null) {
        return;
      }
      values = solution.values();
      Arrays.sort(residuals);
      if (round > 0) {
        scaleMm = Math.max(0.003, 1.5 * residuals[residuals.length / 2]);
      }
    }
    warp = warp.plus(values);
  }

  private double factors(double[] piece, double[] terms, double[] factors, double[] values) {
    warp.terms(piece[0], piece[1], terms);
    double fitted = 0;
    for (int i = 0; i < Warp.TERMS; i++) {
      factors[i] = piece[2] * terms[i];
      factors[Warp.TERMS + i] = piece[3] * terms[i];
      fitted += factors[i] * values[i] + factors[Warp.TERMS + i] * values[Warp.TERMS + i];
    }
    return fitted;
  }

  private double windowMm(Path path) {
    return (path.valley() ? 0.5 : 0.8) * pitchMm;
  }

  private Map<Path, Strip> strips() {
    Map<Path, Strip> strips = new LinkedHashMap<>();
    for (Path path : paths) {
      strips.put(
          path,
          Strip.sample(
              maps,
              warp,
              path.line(),
              path.fromMm(),
              path.toMm(),
              path.valley() ? VALLEY_BIN_MM : BEAD_BIN_MM,
              windowMm(path) + NEAR_MM));
    }
    return strips;
  }

  /** The mean shape of each kind of path, each path first shifted onto the others. */
  private Map<String, Template> learn(Map<Path, Strip> strips, Map<String, Template> known) {
    double step = 1 / maps.pxPerMm();
    Map<String, Template> templates = new LinkedHashMap<>();
    for (Path path : strips.keySet()) {
      templates.computeIfAbsent(
          path.shape(),
          shape -> {
            Template before = known.get(shape);
            double reach = windowMm(path) + NEAR_MM;
            return before != null
                ? before
                : path.valley()
                    ? Template.valley(step, reach, pitchMm)
                    : Template.bead(step, reach, pitchMm);
          });
    }
    for (int round = 0; round < 3; round++) {
      Map<String, double[][]> sums = new LinkedHashMap<>();
      for (Map.Entry<Path, Strip> entry : strips.entrySet()) {
        gather(entry.getKey(), entry.getValue(), templates, sums);
      }
      sums.forEach(
          (shape, sum) -> {
            double[] mean = new double[sum[0].length];
            for (int j = 0; j < mean.length; j++) {
              mean[j] = sum[1][j] > 0 ? sum[0][j] / sum[1][j] : 0;
            }
            double window = (shape.startsWith("valley") ? 0.45 : 0.7) * pitchMm;
            templates.put(shape, Template.centred(step, mean, window));
          });
    }
    return templates;
  }

  private void gather(
      Path path, Strip strip, Map<String, Template> templates, Map<String, double[][]> sums) {
    float[][] mean = mean(strip);
    ProfileFit fit = fit(path, strip, mean[0], mean[1], templates, 0);
    if (fit == null) {
      return;
    }
    double[][] sum = sums.computeIfAbsent(path.shape(), s -> new double[2][strip.size()]);
    for (int j = 0; j < strip.size(); j++) {
      double position = j + fit.shiftMm() / strip.stepMm;
      int i = (int) Math.floor(position);
      double f = position - i;
      if (i < 0 || i + 1 >= strip.size() || mean[1][i] <= 0 || mean[1][i + 1] <= 0) {
        continue;
      }
      double weight = path.toMm() - path.fromMm();
      sum[0][j] += weight * (mean[0][i] * (1 - f) + mean[0][i + 1] * f - fit.offset());
      sum[1][j] += weight;
    }
  }

  private @Nullable ProfileFit fit(
      Path path,
      Strip strip,
      float[] slope,
      float[] weight,
      Map<String, Template> templates,
      double startMm) {
    Template template = templates.get(path.shape());
    return template == null
        ? null
        : ProfileFit.of(template, slope, weight, strip.stepMm, windowMm(path), startMm, NEAR_MM);
  }

  /** Mean over all bins: slope, and the sum of weights. */
  private static float[][] mean(Strip strip) {
    float[][] mean = new float[2][strip.size()];
    for (int j = 0; j < strip.size(); j++) {
      double sum = 0;
      double weights = 0;
      for (int b = 0; b < strip.sMm.length; b++) {
        sum += (double) strip.weight[b][j] * strip.slope[b][j];
        weights += strip.weight[b][j];
      }
      mean[0][j] = weights > 0 ? (float) (sum / weights) : 0;
      mean[1][j] = (float) weights;
    }
    return mean;
  }

  /** Corrects the registration by whole paths, rasters included. */
  private void refine(Map<Path, Strip> strips, Map<String, Template> templates) {
    List<double[]> pieces = new ArrayList<>();
    for (Map.Entry<Path, Strip> entry : strips.entrySet()) {
      Path path = entry.getKey();
      float[][] mean = mean(entry.getValue());
      ProfileFit fit = fit(path, entry.getValue(), mean[0], mean[1], templates, 0);
      if (fit != null) {
        pieces.add(piece(path.line(), (path.fromMm() + path.toMm()) / 2, fit.shiftMm()));
      }
    }
    if (pieces.size() >= LEAST_PIECES) {
      correct(pieces, true);
    }
  }

  private List<Trace> traces(Map<Path, Strip> strips, Map<String, Template> templates) {
    List<Trace> traces = new ArrayList<>();
    for (Map.Entry<Path, Strip> entry : strips.entrySet()) {
      Path path = entry.getKey();
      Strip strip = entry.getValue();
      float[][] mean = mean(strip);
      ProfileFit whole = fit(path, strip, mean[0], mean[1], templates, 0);
      if (whole == null) {
        continue;
      }
      @Nullable ProfileFit[] fits = new ProfileFit[strip.sMm.length];
      for (int b = 0; b < fits.length; b++) {
        fits[b] = fit(path, strip, strip.slope[b], strip.weight[b], templates, whole.shiftMm());
      }
      Trace trace = Trace.of(path, strip, fits, warp);
      if (trace != null) {
        traces.add(trace);
      }
    }
    return traces;
  }

  /**
   * Neighbouring samples of a photograph are not independent, so a formal error is too small. The
   * second difference of three neighbouring bins, which no slow change reaches, says by how much;
   * one factor per shape.
   */
  private static void calibrateNoise(List<Trace> traces) {
    Map<String, List<Trace>> shapes = new LinkedHashMap<>();
    for (Trace trace : traces) {
      shapes.computeIfAbsent(trace.path().shape(), s -> new ArrayList<>()).add(trace);
    }
    for (List<Trace> shape : shapes.values()) {
      scale(shape, true);
      scale(shape, false);
    }
  }

  private static void scale(List<Trace> shape, boolean lateral) {
    double[] ratios =
        shape.stream()
            .flatMapToDouble(
                trace -> {
                  double[] v = lateral ? trace.lateralUm() : trace.widening();
                  double[] se = lateral ? trace.lateralSeUm() : trace.wideningSe();
                  double[] out = new double[Math.max(0, v.length - 2)];
                  for (int i = 0; i < out.length; i++) {
                    double bend = v[i] - 2 * v[i + 1] + v[i + 2];
                    double expected =
                        Math.sqrt(
                            se[i] * se[i] + 4 * se[i + 1] * se[i + 1] + se[i + 2] * se[i + 2]);
                    out[i] = Math.abs(bend) / Math.max(1e-12, expected);
                  }
                  return Arrays.stream(out);
                })
            .sorted()
            .toArray();
    if (ratios.length < 8) {
      return;
    }
    // The median of |normal| is 0.6745 sd.
    double factor = Math.max(1, ratios[ratios.length / 2] / 0.6745);
    for (Trace trace : shape) {
      double[] se = lateral ? trace.lateralSeUm() : trace.wideningSe();
      for (int i = 0; i < se.length; i++) {
        se[i] *= factor;
      }
    }
  }
}
