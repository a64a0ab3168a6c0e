package dev.whorl.bench.feature;

import dev.whorl.bench.feature.MeasurementModel.PloughMap;
import dev.whorl.bench.feature.MeasurementModel.StrokeReading;
import dev.whorl.fingerprint.NozzleComponent;
import dev.whorl.fingerprint.Plough;
import dev.whorl.sim.bed.NozzleFace;
import dev.whorl.sim.machine.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what the compass shows of a nozzle. */
final class PloughMaker {
  private static final double YEAR_DAYS = 365;

  private final PloughMap map;

  PloughMaker(PloughMap map) {
    this.map = map;
  }

  NozzleComponent make(NozzleFace face, List<StrokeReading> strokes, SplittableRandom random) {
    double[][] imprints = Imprint.slopes(face, map.headingsDeg(), map.stepUm(), map.samples());
    List<Plough> ploughs = new ArrayList<>();
    for (StrokeReading stroke : strokes) {
      int h = Arrays.binarySearch(map.headingsDeg(), stroke.headingDeg());
      ploughs.add(plough(face, stroke, imprints[h], random));
    }
    ploughs.sort(Comparator.comparing(Plough::headingDeg));
    return new NozzleComponent(map.stepUm(), ploughs, List.of());
  }

  private Plough plough(
      NozzleFace face, StrokeReading stroke, double[] imprint, SplittableRandom random) {
    int n = map.samples();
    double aside = stroke.asideUm() / map.stepUm() + random.nextDouble() - 0.5;
    double[] slopes = Strokes.filtered(imprint, map.taps(), aside, n, map.stepUm());
    double[] repeated = repeated(face, stroke.headingDeg());
    double[] print = Spectrum.draw(map.printSpectrum(), n, random);
    double share = Math.sqrt(map.repeated());
    double rest = Math.sqrt(1 - map.repeated()) * stroke.remainder();
    double relief = 0;
    for (int i = 0; i < n; i++) {
      slopes[i] =
          stroke.contrast() * slopes[i]
              + map.sd()[i]
                  * (share * Strokes.at(repeated, i + Imprint.MARGIN + aside) + rest * print[i]);
      relief += slopes[i] * slopes[i] / n;
    }
    double noise = stroke.noise();
    double reliability = 1 - noise * noise / Math.max(relief, 1e-12) + stroke.reliabilityOff();
    return new Plough(
        stroke.headingDeg(), slopes, Math.max(-1, Math.min(0.9999, reliability)), noise);
  }

  /**
   * What this nozzle makes in every print and its imprint does not tell: its own, wearing away as
   * fast as was seen.
   */
  private double[] repeated(NozzleFace face, double headingDeg) {
    long place = Math.round(headingDeg);
    long turn = Math.round(face.turnDeg());
    SplittableRandom random = Streams.of(face.seed(), "repeated", place, turn);
    int length = map.samples() + 2 * Imprint.MARGIN;
    double[] young = Spectrum.draw(map.repeatedSpectrum(), length, random);
    double[] worn = Spectrum.draw(map.repeatedSpectrum(), length, random);
    double angle = Math.acos(map.yearKept()) * Math.min(2, face.ageDays() / YEAR_DAYS);
    for (int i = 0; i < length; i++) {
      young[i] = Math.cos(angle) * young[i] + Math.sin(angle) * worn[i];
    }
    return young;
  }
}
