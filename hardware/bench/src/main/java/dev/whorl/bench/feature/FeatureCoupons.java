package dev.whorl.bench.feature;

import dev.whorl.bench.feature.MeasurementModel.AxisMap;
import dev.whorl.bench.feature.MeasurementModel.AxisReading;
import dev.whorl.bench.feature.MeasurementModel.CouponReading;
import dev.whorl.bench.feature.MeasurementModel.FlowReading;
import dev.whorl.bench.feature.MeasurementModel.RingReading;
import dev.whorl.bench.feature.MeasurementModel.StrokeReading;
import dev.whorl.bench.fleet.Coupons;
import dev.whorl.bench.fleet.FleetMachine;
import dev.whorl.bench.fleet.Visit;
import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FlowComponent;
import dev.whorl.fingerprint.Kinematics;
import dev.whorl.fingerprint.NozzleComponent;
import dev.whorl.fingerprint.Ring;
import dev.whorl.fingerprint.RingingComponent;
import dev.whorl.sim.machine.Machine;
import dev.whorl.sim.machine.Resonance;
import dev.whorl.sim.machine.Streams;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Fingerprints drawn from machines by a measurement model: whole machines, never recombined. */
public final class FeatureCoupons implements Coupons {
  /** A coupon is measured as one of so many that ring most like it. */
  private static final int LIKE = 8;

  private static final double PULLEY_MM = 40;
  private static final double NOZZLE_MM = 0.4;
  private static final double SLOT_MM = 80;

  private final MeasurementModel model;
  private final Instant start;
  private final PloughMaker ploughs;

  /**
   * @param model how coupons measure
   * @param start the machines' first day
   */
  public FeatureCoupons(MeasurementModel model, Instant start) {
    this.model = model;
    this.start = start;
    this.ploughs = new PloughMaker(model.plough());
  }

  @Override
  public Optional<Fingerprint> make(FleetMachine machine, Visit visit) {
    SplittableRandom random = Streams.of(machine.seed(), "feature", visit.name());
    MeasurementModel.FittedOn on = model.fittedOn();
    if (random.nextDouble() * (on.coupons() + on.refused()) < on.refused()) {
      return Optional.empty();
    }
    List<CouponReading> readings = model.readings();
    CouponReading reading = readings.get(random.nextInt(readings.size()));
    Machine truth = machine.at(visit).today(0);
    Kinematics kinematics =
        Kinematics.valueOf(machine.model().kinematics().name().toUpperCase(Locale.ROOT));
    Map<Axis, AxisComponent> axes = new EnumMap<>(Axis.class);
    SplittableRandom own = Streams.of(machine.seed(), "feature", "shared");
    CouponReading shared = readings.get(own.nextInt(readings.size()));
    AxisComponent first =
        axis(
            kinematics.axes().get(0),
            model.first(),
            reading.first(),
            errors(shared.first(), reading.first(), own, random),
            truth.first(),
            random);
    AxisComponent second =
        axis(
            kinematics.axes().get(1),
            model.second(),
            reading.second(),
            errors(shared.second(), reading.second(), own, random),
            truth.second(),
            random);
    if (first != null) {
      axes.put(first.axis(), first);
    }
    if (second != null) {
      axes.put(second.axis(), second);
    }
    return Optional.of(
        new Fingerprint(
            on.algorithm(),
            "fleet",
            "standard-1:feature",
            start.plus(Duration.ofHours(Math.round(24 * visit.day()))),
            SLOT_MM,
            SLOT_MM,
            kinematics,
            PULLEY_MM,
            PULLEY_MM,
            NOZZLE_MM,
            reading.claim(),
            reading.quality(),
            nozzle(truth, reading.strokes(), random),
            axes,
            ringing(truth, random),
            flow(truth, random),
            null,
            null,
            null));
  }

  /**
   * A coupon's error, over what its covariance leads to expect: a part that all coupons of the
   * machine have, and its own. Signs are drawn, for two that borrow one reading must not err alike.
   */
  private static double[] errors(
      @Nullable AxisReading machine,
      @Nullable AxisReading coupon,
      SplittableRandom own,
      SplittableRandom random) {
    int n = coupon == null ? 0 : coupon.whitened().length;
    double[] errors = new double[n];
    for (int i = 0; i < n && coupon != null; i++) {
      errors[i] = coupon.whitened()[i] * (random.nextBoolean() ? 1 : -1);
      if (machine != null) {
        errors[i] += machine.shared()[i] * (own.nextBoolean() ? 1 : -1);
      }
    }
    return errors;
  }

  private static @Nullable AxisComponent axis(
      Axis axis,
      AxisMap map,
      @Nullable AxisReading reading,
      double[] errors,
      dev.whorl.sim.machine.Axis truth,
      SplittableRandom random) {
    if (reading == null) {
      return null;
    }
    int n = errors.length;
    AxisComponent shape =
        new AxisComponent(
            axis,
            map.periodsMm(),
            new double[n],
            reading.covarianceUm2(),
            null,
            null,
            reading.scatterUm(),
            reading.beads());
    double[] values = new Lower(shape).times(errors);
    double[] waves = AxisTruth.valuesUm(truth);
    for (int j = 0; j < n; j++) {
      values[j] += AxisMapFit.product(map.gain()[j], waves);
    }
    Double off = reading.backlash();
    Double se = reading.backlashSeUm();
    Double backlash =
        off == null || se == null
            ? null
            : map.backlashOffsetUm()
                + map.backlashGain() * 1e3 * truth.backlashMm()
                + off * se * (random.nextBoolean() ? 1 : -1);
    return new AxisComponent(
        axis,
        map.periodsMm(),
        values,
        reading.covarianceUm2(),
        backlash,
        backlash == null ? null : se,
        reading.scatterUm(),
        reading.beads());
  }

  private @Nullable NozzleComponent nozzle(
      Machine truth, @Nullable List<StrokeReading> strokes, SplittableRandom random) {
    return strokes == null ? null : ploughs.make(truth.nozzle(), strokes, random);
  }

  private @Nullable RingingComponent ringing(Machine truth, SplittableRandom random) {
    RingReading x = like(r -> distance(truth.ringX(), r.ringXHz(), r.ringXZeta()), random).ringX();
    RingReading y = like(r -> distance(truth.ringY(), r.ringYHz(), r.ringYZeta()), random).ringY();
    return x == null && y == null
        ? null
        : new RingingComponent(ring(truth.ringX(), x), ring(truth.ringY(), y));
  }

  private static double distance(Resonance truth, double hz, double zeta) {
    return Math.hypot(Math.log(truth.hz() / hz), Math.log(truth.zeta() / zeta));
  }

  /** What a machine's ringing is decides how well it can be read, and whether at all. */
  private CouponReading like(ToDoubleFunction<CouponReading> distance, SplittableRandom random) {
    List<CouponReading> nearest =
        model.readings().stream().sorted(Comparator.comparingDouble(distance)).limit(LIKE).toList();
    return nearest.get(random.nextInt(nearest.size()));
  }

  private static @Nullable Ring ring(Resonance truth, @Nullable RingReading reading) {
    if (reading == null) {
      return null;
    }
    double hz = truth.hz() * Math.exp(reading.logHz());
    double zeta = truth.zeta() * Math.exp(reading.logZeta());
    return new Ring(
        hz,
        hz * reading.hzSe(),
        zeta,
        zeta * reading.zetaSe(),
        reading.amplitudeUm(),
        reading.amplitudeUm() * reading.amplitudeSe());
  }

  private @Nullable FlowComponent flow(Machine truth, SplittableRandom random) {
    double ripple = truth.gears().tooth().amplitude();
    FlowReading reading = like(r -> Math.abs(Math.log(ripple / r.toothRipple())), random).flow();
    if (reading == null) {
      return null;
    }
    double period = truth.gears().tooth().period() * Math.exp(reading.logPeriod());
    double amplitude = ripple * Math.exp(reading.logAmplitude());
    return new FlowComponent(
        period, period * reading.periodSe(), amplitude, amplitude * reading.amplitudeSe());
  }
}
