package dev.whorl.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.Ring;
import dev.whorl.sim.machine.Machine;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.machine.Resonance;
import dev.whorl.sim.machine.Wave;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Errors of rendered coupons over their standard errors, component by component. The table goes to
 * {@code target/standard-errors.txt}. Takes minutes: run it with {@code -Dtest=StandardErrorsTest
 * -Dtest.excluded=}.
 */
@Tag("bench")
class StandardErrorsTest {
  private static final int COUPONS_PER_MODEL = 6;
  private static final long SEED = 9100;
  private static final double NOZZLE_MM = 0.4;

  /** What was measured to its errors: sum of z^2, of error^2, and how many. */
  private static final Map<String, double[]> SUMS = new TreeMap<>();

  @BeforeAll
  static void renderAndRead() throws Exception {
    for (PrinterModel model : new PrinterModel[] {PrinterModel.MENDEL, PrinterModel.CUBE}) {
      for (int i = 0; i < COUPONS_PER_MODEL; i++) {
        MachineLife life = new MachineLife(SEED + i, model, model.kinematics(), NOZZLE_MM);
        RenderedBench bench = new RenderedBench("errors-" + i, life, 150 + i, true);
        Fingerprint fingerprint = bench.coupon().fingerprint();
        Machine truth = bench.printer().machine();
        axes(fingerprint, truth);
        if (fingerprint.geometry() != null) {
          add(
              "skew, mrad",
              fingerprint.geometry().skewMrad() - 1e3 * truth.geometry().skewRad(),
              fingerprint.geometry().skewSeMrad());
          add(
              "scale, ppm",
              fingerprint.geometry().scaleXPpm(),
              fingerprint.geometry().scaleXSePpm());
          add(
              "scale, ppm",
              fingerprint.geometry().scaleYPpm(),
              fingerprint.geometry().scaleYSePpm());
        }
        if (fingerprint.ringing() != null) {
          ring(fingerprint.ringing().x(), truth.ringX());
          ring(fingerprint.ringing().y(), truth.ringY());
        }
      }
    }
    StringBuilder table = new StringBuilder("what                    n  rms error   rms z\n");
    SUMS.forEach(
        (what, sums) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "%-20s %4.0f %10.3f %7.2f%n",
                    what,
                    sums[2],
                    Math.sqrt(sums[1] / sums[2]),
                    rms(what))));
    Files.writeString(Path.of("target", "standard-errors.txt"), table);
  }

  @Test
  void shouldErrByTheStandardErrorOfEachPeriod() {
    SUMS.keySet().stream()
        .filter(what -> what.startsWith("axis"))
        .forEach(what -> assertThat(rms(what)).as(what).isBetween(0.3, 2.0));
    double squares = 0;
    double count = 0;
    for (Map.Entry<String, double[]> each : SUMS.entrySet()) {
      if (each.getKey().startsWith("axis")) {
        squares += each.getValue()[0];
        count += each.getValue()[2];
      }
    }
    assertThat(Math.sqrt(squares / count)).as("all periods").isBetween(0.8, 1.3);
  }

  @Test
  void shouldErrByTheStandardErrorOfSkewAndScale() {
    assertThat(rms("skew, mrad")).isBetween(0.4, 1.6);
    assertThat(rms("scale, ppm")).isBetween(0.3, 1.6);
  }

  private static void axes(Fingerprint fingerprint, Machine truth) {
    for (Map.Entry<Axis, AxisComponent> entry : fingerprint.axes().entrySet()) {
      boolean first = entry.getKey() == Axis.X || entry.getKey() == Axis.A;
      dev.whorl.sim.machine.Axis axis = first ? truth.first() : truth.second();
      AxisComponent read = entry.getValue();
      for (int k = 0; k < read.periodsMm().length; k++) {
        double periodMm = read.periodsMm()[k];
        String what =
            String.format(Locale.ROOT, "axis %s %.1f mm, um", entry.getKey().key(), periodMm);
        double cosineUm = 0;
        double sineUm = 0;
        for (Wave wave : axis.waves()) {
          if (Math.abs(wave.period() - periodMm) < 1e-6) {
            cosineUm += 1e3 * wave.amplitude() * Math.sin(wave.phaseRad());
            sineUm += 1e3 * wave.amplitude() * Math.cos(wave.phaseRad());
          }
        }
        int c = 2 * k;
        add(what, read.valuesUm()[c] - cosineUm, Math.sqrt(read.covariance(c, c)));
        add(what, read.valuesUm()[c + 1] - sineUm, Math.sqrt(read.covariance(c + 1, c + 1)));
      }
      if (read.backlashUm() != null && read.backlashSeUm() != null) {
        add("backlash, um", read.backlashUm() - 1e3 * axis.backlashMm(), read.backlashSeUm());
      }
    }
  }

  private static void ring(Ring read, Resonance truth) {
    if (read != null) {
      double dampedHz = truth.hz() * Math.sqrt(1 - truth.zeta() * truth.zeta());
      add("ringing, Hz", read.frequencyHz() - dampedHz, read.frequencySeHz());
      add("ringing, zeta", read.zeta() - truth.zeta(), read.zetaSe());
    }
  }

  private static void add(String what, double error, double standardError) {
    double[] sums = SUMS.computeIfAbsent(what, w -> new double[3]);
    sums[0] += error * error / (standardError * standardError);
    sums[1] += error * error;
    sums[2]++;
  }

  private static double rms(String what) {
    double[] sums = SUMS.getOrDefault(what, new double[3]);
    return Math.sqrt(sums[0] / sums[2]);
  }
}
