package dev.whorl.bench.fleet;

import dev.whorl.bench.feature.Example;
import dev.whorl.bench.feature.FeatureCoupons;
import dev.whorl.bench.feature.MeasurementFit;
import dev.whorl.bench.feature.MeasurementJson;
import dev.whorl.bench.feature.MeasurementModel;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.Fingerprinter;
import dev.whorl.fingerprint.calibrate.History;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** All fleets of a run, printed or drawn as the plan says. */
final class Fleet {
  private static final String MODEL = "measurement-model.json";

  /** Numbers of the training machines that are drawn: the first ones are rendered. */
  private static final int DRAWN_TRAINING = 10_000;

  private final Plan plan;
  private final Printing rendered;
  private final Printing drawn;
  private final MeasurementModel measurement;

  private Fleet(Plan plan, Printing rendered, MeasurementModel measurement) {
    this.plan = plan;
    this.rendered = rendered;
    this.measurement = measurement;
    drawn =
        new Printing(
            new FleetStore(plan.dir(), "drawn", digest(measurement)),
            new FeatureCoupons(measurement, RenderedBench.START),
            workers());
  }

  /** Prints what the measurement model needs, if the plan has it fitted anew. */
  static Fleet of(Plan plan) throws InterruptedException {
    Printing rendered =
        new Printing(
            new FleetStore(plan.dir(), "rendered", Fingerprinter.ALGORITHM),
            new RenderedCoupons(),
            workers());
    MeasurementModel measurement =
        plan.trainingRendered() == 0 ? shipped(plan) : fitted(plan, rendered);
    return new Fleet(plan, rendered, measurement);
  }

  private static MeasurementModel shipped(Plan plan) {
    MeasurementModel model = MeasurementJson.shipped();
    if (!model.fittedOn().model().equals(plan.model().word())) {
      throw UserError.usage(
          "bench fleet: the model of measurement that comes with this version was fitted on "
              + model.fittedOn().model()
              + "; give --training 16 to fit one on "
              + plan.model().word());
    }
    return model;
  }

  private static String digest(MeasurementModel measurement) {
    CRC32 sum = new CRC32();
    sum.update(MeasurementJson.write(measurement));
    return String.format(
        Locale.ROOT, "%s-%08x", measurement.fittedOn().algorithm(), sum.getValue());
  }

  private static int workers() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static MeasurementModel fitted(Plan plan, Printing rendered) throws InterruptedException {
    Map<FleetMachine, Map<Visit, Optional<Fingerprint>>> printed =
        rendered.of(
            "training coupons",
            machines(plan, FleetMachine.Set.TRAINING, 0, plan.trainingRendered()),
            machine -> Protocol.training());
    List<Example> examples = new ArrayList<>();
    int refused = 0;
    for (Map.Entry<FleetMachine, Map<Visit, Optional<Fingerprint>>> one : printed.entrySet()) {
      for (Map.Entry<Visit, Optional<Fingerprint>> coupon : one.getValue().entrySet()) {
        if (coupon.getValue().isPresent()) {
          examples.add(Example.of(one.getKey(), coupon.getKey(), coupon.getValue().get()));
        } else {
          refused++;
        }
      }
    }
    MeasurementModel model = MeasurementFit.fit(examples, refused);
    try {
      Files.createDirectories(plan.dir());
      AtomicFile.write(plan.dir().resolve(MODEL), MeasurementJson.write(model));
    } catch (IOException e) {
      throw UserError.usage("bench fleet: cannot write to " + plan.dir() + ": " + e.getMessage());
    }
    return model;
  }

  private static List<FleetMachine> machines(Plan plan, FleetMachine.Set set, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> new FleetMachine(set, i, plan.seed(), plan.model()))
        .toList();
  }

  MeasurementModel measurement() {
    return measurement;
  }

  /** Machines on which the ratios' scales are fitted: all that each printed, in order. */
  List<History> training() throws InterruptedException {
    List<History> histories = new ArrayList<>();
    Map<FleetMachine, Map<Visit, Optional<Fingerprint>>> printed =
        drawn.of(
            "coupons to scale ratios by",
            machines(
                plan, FleetMachine.Set.TRAINING, DRAWN_TRAINING, DRAWN_TRAINING + plan.scale()),
            Protocol::core);
    printed.forEach(
        (machine, coupons) -> {
          List<Fingerprint> read = coupons.values().stream().flatMap(Optional::stream).toList();
          if (!read.isEmpty()) {
            histories.add(new History(machine.id(), read));
          }
        });
    return histories;
  }

  /** The machines on which the threshold is fixed. */
  FleetData calibration(Judge judge) throws InterruptedException {
    return FleetData.of(
        drawn.of(
            "calibration coupons",
            machines(plan, FleetMachine.Set.CALIBRATION, 0, plan.calibration()),
            Protocol::core),
        judge);
  }

  /** The test machines: the first of them rendered, the others drawn. */
  FleetData test(Judge judge) throws InterruptedException {
    Map<FleetMachine, Map<Visit, Optional<Fingerprint>>> all = new LinkedHashMap<>();
    all.putAll(renderedTest());
    all.putAll(
        drawn.of(
            "test coupons",
            machines(plan, FleetMachine.Set.TEST, plan.rendered(), plan.printers()),
            Protocol::whole));
    return FleetData.of(all, judge);
  }

  private Map<FleetMachine, Map<Visit, Optional<Fingerprint>>> renderedTest()
      throws InterruptedException {
    return rendered.of(
        "rendered test coupons",
        machines(plan, FleetMachine.Set.TEST, 0, plan.rendered()),
        Protocol::core);
  }

  /** The rendered ones of the test machines. */
  FleetData renderedAlone(Judge judge) throws InterruptedException {
    return FleetData.of(renderedTest(), judge);
  }

  /** The same machines drawn, to see whether drawing agrees with rendering. */
  FleetData renderedTwins(Judge judge) throws InterruptedException {
    return FleetData.of(
        drawn.of(
            "twins of the rendered",
            machines(plan, FleetMachine.Set.TEST, 0, plan.rendered()),
            Protocol::core),
        judge);
  }

  /** Machines that are enrolled beside the test fleet. */
  List<Enrolled> crowd(int machines, Judge judge) throws InterruptedException {
    return FleetData.of(
            drawn.of(
                "crowd",
                machines(plan, FleetMachine.Set.CROWD, 0, machines),
                machine -> Protocol.enrolment()),
            judge)
        .enrolled();
  }

  /** Probes of machines that nobody knows. */
  List<Probe> unknown(Judge judge) throws InterruptedException {
    return FleetData.of(
            drawn.of(
                "strangers",
                machines(plan, FleetMachine.Set.UNKNOWN, 0, plan.unknown()),
                machine ->
                    Protocol.core(machine).stream()
                        .filter(visit -> visit.group() != Group.ENROLMENT)
                        .toList()),
            judge)
        .probes();
  }
}
