package dev.whorl.bench.feature;

import dev.whorl.bench.feature.MeasurementModel.AxisMap;
import dev.whorl.bench.feature.MeasurementModel.AxisReading;
import dev.whorl.bench.feature.MeasurementModel.CouponReading;
import dev.whorl.bench.feature.MeasurementModel.FittedOn;
import dev.whorl.bench.feature.MeasurementModel.FlowReading;
import dev.whorl.bench.feature.MeasurementModel.RingReading;
import dev.whorl.bench.feature.MeasurementModel.StrokeReading;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FlowComponent;
import dev.whorl.fingerprint.Ring;
import dev.whorl.fingerprint.RingingComponent;
import dev.whorl.sim.machine.Gears;
import dev.whorl.sim.machine.Machine;
import dev.whorl.sim.machine.Resonance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fits a measurement model on rendered coupons of machines that are known. */
public final class MeasurementFit {
  /** With fewer coupons a linear map of an axis has more numbers than it can be told. */
  public static final int LEAST_COUPONS = 12;

  private MeasurementFit() {}

  /**
   * Fits.
   *
   * @param examples at least {@value #LEAST_COUPONS}, all of one program
   * @param refused how many coupons could not be read
   * @throws IllegalArgumentException if they are too few or an axis was never measured
   */
  public static MeasurementModel fit(List<Example> examples, int refused) {
    if (examples.size() < LEAST_COUPONS) {
      throw new IllegalArgumentException(
          "a measurement model needs " + LEAST_COUPONS + " coupons, here are " + examples.size());
    }
    AxisMap first = axis(examples, 0);
    AxisMap second = axis(examples, 1);
    Map<Example, AxisReading> firstErrors = AxisErrorFit.of(examples, 0);
    Map<Example, AxisReading> secondErrors = AxisErrorFit.of(examples, 1);
    PloughMapFit.Fitted plough = PloughMapFit.fit(examples);
    List<CouponReading> readings = new ArrayList<>();
    for (Example example : examples) {
      readings.add(reading(example, firstErrors, secondErrors, plough.readings()));
    }
    Example any = examples.get(0);
    int machines = (int) examples.stream().map(e -> e.machine().id()).distinct().count();
    return new MeasurementModel(
        new FittedOn(
            any.fingerprint().algorithm(),
            any.machine().model().word(),
            machines,
            examples.size(),
            refused,
            any.machine().fleetSeed(),
            true),
        first,
        second,
        plough.map(),
        readings);
  }

  static AxisMap axis(List<Example> examples, int number) {
    List<AxisMapFit.Look> looks = new ArrayList<>();
    for (Example example : examples) {
      AxisComponent measured = component(example.fingerprint(), number);
      if (measured != null) {
        looks.add(new AxisMapFit.Look(truth(example.truth(), number), measured));
      }
    }
    if (looks.isEmpty()) {
      throw new IllegalArgumentException("axis " + (number + 1) + " was never measured");
    }
    return AxisMapFit.fit(looks);
  }

  static @Nullable AxisComponent component(Fingerprint fingerprint, int number) {
    return fingerprint.axes().get(fingerprint.kinematics().axes().get(number));
  }

  static dev.whorl.sim.machine.Axis truth(Machine machine, int number) {
    return number == 0 ? machine.first() : machine.second();
  }

  private static CouponReading reading(
      Example example,
      Map<Example, AxisReading> first,
      Map<Example, AxisReading> second,
      Map<Example, List<StrokeReading>> strokes) {
    Machine truth = example.truth();
    Fingerprint fingerprint = example.fingerprint();
    RingingComponent ringing = fingerprint.ringing();
    return new CouponReading(
        fingerprint.quality(),
        fingerprint.claim(),
        truth.ringX().hz(),
        truth.ringX().zeta(),
        truth.ringY().hz(),
        truth.ringY().zeta(),
        truth.gears().tooth().amplitude(),
        first.get(example),
        second.get(example),
        ring(truth.ringX(), ringing == null ? null : ringing.x()),
        ring(truth.ringY(), ringing == null ? null : ringing.y()),
        flow(truth.gears(), fingerprint.flow()),
        strokes.get(example));
  }

  private static @Nullable RingReading ring(Resonance truth, @Nullable Ring ring) {
    if (ring == null || ring.zeta() <= 0) {
      return null;
    }
    return new RingReading(
        Math.log(ring.frequencyHz() / truth.hz()),
        ring.frequencySeHz() / ring.frequencyHz(),
        Math.log(ring.zeta() / truth.zeta()),
        ring.zetaSe() / ring.zeta(),
        ring.amplitudeUm(),
        ring.amplitudeSeUm() / Math.max(1e-6, ring.amplitudeUm()));
  }

  private static @Nullable FlowReading flow(Gears truth, @Nullable FlowComponent flow) {
    if (flow == null || flow.gearAmplitude() <= 0) {
      return null;
    }
    return new FlowReading(
        Math.log(flow.gearPeriodMm() / truth.tooth().period()),
        flow.gearPeriodSeMm() / flow.gearPeriodMm(),
        Math.log(flow.gearAmplitude() / truth.tooth().amplitude()),
        flow.gearAmplitudeSe() / flow.gearAmplitude());
  }
}
