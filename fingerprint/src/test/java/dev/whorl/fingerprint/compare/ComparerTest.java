package dev.whorl.fingerprint.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.Claim;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintJson;
import dev.whorl.fingerprint.Kinematics;
import dev.whorl.fingerprint.NozzleComponent;
import dev.whorl.fingerprint.Ring;
import dev.whorl.fingerprint.RingingComponent;
import dev.whorl.fingerprint.SyntheticPrinter;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparerTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private static Comparison after(long seed, Consumer<SyntheticPrinter> service) {
    SyntheticPrinter printer = new SyntheticPrinter(seed);
    Fingerprint before = printer.measure(Duration.ZERO);
    service.accept(printer);
    return Comparer.compare(before, printer.measure(WEEK));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldRecogniseAnUnchangedPrinter(long seed) {
    Comparison comparison = after(seed, printer -> {});
    assertThat(comparison.verdict()).isEqualTo(Verdict.MATCH);
    assertThat(comparison.event()).isEqualTo(Event.NONE);
    assertThat(comparison.log10Lr()).isGreaterThan(6);
    assertThat(comparison.components().values()).allMatch(evidence -> evidence.changed() < 0.05);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldTellAnotherPrinterOfTheSameModel(long seed) {
    Comparison comparison =
        Comparer.compare(
            new SyntheticPrinter(seed).measure(Duration.ZERO),
            new SyntheticPrinter(seed + 1000).measure(WEEK));
    assertThat(comparison.verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(comparison.event()).isEqualTo(Event.OTHER_PRINTER);
    assertThat(comparison.log10Lr()).as("bounded by the chance of a service").isBetween(-6.0, -1.0);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3, 4, 5})
  void shouldNameAChangedNozzleAndKeepThePrinter(long seed) {
    Comparison comparison = after(seed, SyntheticPrinter::changeNozzle);
    assertThat(comparison.verdict()).isEqualTo(Verdict.DRIFT);
    assertThat(comparison.event()).isEqualTo(Event.NOZZLE_CHANGED);
    assertThat(comparison.components().get("nozzle").log10Lr()).isNegative();
    assertThat(comparison.components().get("nozzle").changed()).isGreaterThan(0.5);
    assertThat(comparison.components().get("axis_x").changed()).isLessThan(0.01);
    assertThat(comparison.sentence()).contains("its nozzle was changed");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7})
  void shouldNameANozzleTurnedInItsSeat(int eighths) {
    Comparison comparison = after(5, printer -> printer.turnNozzle(eighths));
    assertThat(comparison.event()).isEqualTo(Event.NOZZLE_RESEATED);
    assertThat(comparison.verdict()).isEqualTo(Verdict.DRIFT);
    assertThat(comparison.components().get("nozzle").changed()).isLessThan(0.01);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, -1.3, 3})
  void shouldNameARetensionedBeltByItsOneShift(double shiftMm) {
    Comparison comparison = after(3, printer -> printer.shiftBelt(0, shiftMm));
    assertThat(comparison.event()).isEqualTo(Event.BELT_RETENSIONED);
    assertThat(comparison.verdict()).isEqualTo(Verdict.DRIFT);
    assertThat(comparison.components().get("axis_x").log10Lr()).isLessThan(-1);
    assertThat(comparison.components().get("axis_x").changed()).isLessThan(0.1);
    Comparison.Shift shift = comparison.beltShifts().get(Axis.X);
    assertThat(Math.IEEEremainder(shift.mm() - shiftMm, 2)).isCloseTo(0, within(3 * shift.seMm()));
    assertThat(shift.seMm()).isLessThan(0.06);
  }

  @Test
  void shouldNotTakeAReplacedAxisForARetensionedBelt() {
    Comparison comparison =
        after(
            12,
            printer -> {
              printer.changeAxis(0);
              printer.changeAxis(1);
            });
    assertThat(comparison.components().get("axis_x").changed())
        .isGreaterThan(after(12, p -> p.shiftBelt(0, 0.7)).components().get("axis_x").changed());
    assertThat(comparison.event()).isNotEqualTo(Event.NONE);
  }

  @Test
  void shouldNameAChangedToolhead() {
    Comparison comparison =
        after(
            12,
            printer -> {
              printer.changeNozzle();
              printer.frequencyHz *= 2;
              printer.gearMm *= 1.6;
            });
    assertThat(comparison.event()).isEqualTo(Event.TOOLHEAD_CHANGED);
    assertThat(comparison.verdict()).isEqualTo(Verdict.DRIFT);
    assertThat(comparison.components().get("flow").changed()).isGreaterThan(0.5);
  }

  @Test
  void shouldNotCareWhichOfTheTwoComesFirst() {
    SyntheticPrinter printer = new SyntheticPrinter(11);
    Fingerprint a = printer.measure(Duration.ZERO);
    Fingerprint b = printer.measure(WEEK);
    assertThat(Comparer.compare(b, a).log10Lr())
        .isCloseTo(Comparer.compare(a, b).log10Lr(), within(0.2));
    assertThat(Comparer.compare(a, b)).isEqualTo(Comparer.compare(a, b));
  }

  @Test
  void shouldTrustOldFingerprintsLess() {
    SyntheticPrinter printer = new SyntheticPrinter(12);
    Fingerprint before = printer.measure(Duration.ZERO);
    Fingerprint soon = printer.measure(WEEK);
    Fingerprint late = with(soon, soon.nozzle(), soon.axes(), soon.claim(), Duration.ofDays(1500));
    assertThat(Comparer.compare(before, late).log10Lr())
        .isLessThan(Comparer.compare(before, soon).log10Lr() - 1);
  }

  @Test
  void shouldNotLetOneWildValueDecide() {
    SyntheticPrinter printer = new SyntheticPrinter(3);
    Fingerprint before = printer.measure(Duration.ZERO);
    Fingerprint after = printer.measure(WEEK);
    AxisComponent x = after.axes().get(Axis.X);
    double[] values = x.valuesUm();
    values[4] = 5000;
    AxisComponent wild =
        new AxisComponent(Axis.X, x.periodsMm(), values, x.covarianceUm2(), 12.0, 2.0, 1, 100);
    Comparison comparison =
        Comparer.compare(
            before,
            with(
                after,
                after.nozzle(),
                Map.of(Axis.X, wild, Axis.Y, after.axes().get(Axis.Y)),
                after.claim(),
                WEEK),
            ScoreModels.unscaled());
    assertThat(comparison.components().get("axis_x").log10Lr()).isBetween(-3.5, -2.0);
    assertThat(comparison.log10Lr()).isGreaterThan(4);
    assertThat(comparison.verdict()).as("a part has moved").isEqualTo(Verdict.DRIFT);
  }

  @Test
  void shouldSayWhenNothingInCommonWasMeasured() {
    SyntheticPrinter printer = new SyntheticPrinter(1);
    Fingerprint nozzleOnly = only(printer.measure(Duration.ZERO), true);
    Fingerprint axesOnly = only(printer.measure(WEEK), false);
    Comparison comparison = Comparer.compare(nozzleOnly, axesOnly);
    assertThat(comparison.verdict()).isEqualTo(Verdict.INSUFFICIENT);
    assertThat(comparison.event()).isEqualTo(Event.UNKNOWN);
    assertThat(comparison.components()).isEmpty();
    assertThat(comparison.sentence()).contains("no component was measured in both");
  }

  @Test
  void shouldNotJudgeByRingingAlone() {
    SyntheticPrinter printer = new SyntheticPrinter(1);
    Fingerprint a = only(printer.measure(Duration.ZERO), true);
    Fingerprint b = only(printer.measure(WEEK), true);
    RingingComponent ringing = new RingingComponent(new Ring(40, 1, 0.05, 0.01, 8, 1), null);
    Comparison comparison =
        Comparer.compare(ringingOnly(a, ringing), ringingOnly(b, ringing), ScoreModels.unscaled());
    assertThat(comparison.verdict()).isEqualTo(Verdict.INSUFFICIENT);
    assertThat(comparison.log10Lr()).isBetween(0.0, 1.5);
  }

  @Test
  void shouldRefuseToCompareWhatDiffersByDesign() {
    Fingerprint a = new SyntheticPrinter(1).measure(Duration.ZERO);
    assertThat(Comparer.compare(a, redesigned(a, "standard-2:ff", Kinematics.CARTESIAN, 0.4)))
        .matches(c -> c.verdict() == Verdict.INSUFFICIENT)
        .extracting(Comparison::sentence)
        .isEqualTo("Not comparable: one coupon is standard-1, the other standard-2.");
    assertThat(Comparer.compare(a, redesigned(a, a.coupon(), Kinematics.COREXY, 0.4)).sentence())
        .isEqualTo("Not comparable: one printer is cartesian, the other corexy.");
    assertThat(Comparer.compare(a, redesigned(a, a.coupon(), Kinematics.CARTESIAN, 0.6)).sentence())
        .isEqualTo("Not comparable: one nozzle has 0.4 mm, the other 0.6 mm.");
  }

  @Test
  void shouldWeighTheMarkersLightlyAndNeverLetThemDecide() {
    SyntheticPrinter printer = new SyntheticPrinter(2);
    Fingerprint before = printer.measure(Duration.ZERO);
    Fingerprint after = printer.measure(WEEK);
    Claim other = new Claim((printer.shortId + 1) % (1 << 23), 1, false);
    Fingerprint lying = with(after, after.nozzle(), after.axes(), other, WEEK);
    Comparison honest = Comparer.compare(before, after);
    Comparison forged = Comparer.compare(before, lying);
    assertThat(honest.log10Lr() - forged.log10Lr()).isCloseTo(2 * Math.log10(2), within(1e-9));
    assertThat(forged.verdict()).isEqualTo(Verdict.MATCH);
    assertThat(forged.sentence()).contains("the markers name two different printers");
    for (long seed = 1; seed < 30; seed++) {
      Fingerprint impostor = new SyntheticPrinter(seed + 2000).measure(WEEK);
      Fingerprint claiming =
          with(impostor, impostor.nozzle(), impostor.axes(), before.claim(), WEEK);
      assertThat(Comparer.compare(before, claiming).verdict())
          .isEqualTo(
              Comparer.compare(
                      before,
                      with(impostor, impostor.nozzle(), impostor.axes(), Claim.UNREAD, WEEK))
                  .verdict());
    }
  }

  @Test
  void shouldSurviveTheRoundingOfItsJson() throws Exception {
    SyntheticPrinter printer = new SyntheticPrinter(6);
    Fingerprint a = printer.measure(Duration.ZERO);
    Fingerprint b = printer.measure(WEEK);
    Comparison direct = Comparer.compare(a, b);
    Comparison read =
        Comparer.compare(
            FingerprintJson.read(FingerprintJson.write(a)),
            FingerprintJson.read(FingerprintJson.write(b)));
    assertThat(read.verdict()).isEqualTo(direct.verdict());
    assertThat(read.log10Lr()).isCloseTo(direct.log10Lr(), within(0.1));
  }

  @Test
  void shouldWriteTheComparisonAsPromised() {
    JsonNode json = ComparisonJson.tree(after(3, SyntheticPrinter::changeNozzle));
    assertThat(json.get("verdict").asText()).isEqualTo("drift");
    assertThat(json.get("event").asText()).isEqualTo("nozzle-changed");
    assertThat(json.get("log10_lr").isDouble()).isTrue();
    assertThat(json.get("components").get("axis_x").get("changed").asDouble()).isBetween(0.0, 1.0);
    assertThat(json.get("components").get("nozzle").get("log10_lr").asDouble()).isNegative();
    assertThat(json.get("sentence").asText()).startsWith("The same printer, but its nozzle");
  }

  private static Fingerprint with(
      Fingerprint f,
      NozzleComponent nozzle,
      Map<Axis, AxisComponent> axes,
      Claim claim,
      Duration later) {
    return new Fingerprint(
        f.algorithm(),
        f.printer(),
        f.coupon(),
        SyntheticPrinter.START.plus(later),
        f.slotXMm(),
        f.slotYMm(),
        f.kinematics(),
        f.pulleyXMm(),
        f.pulleyYMm(),
        f.nozzleMm(),
        claim,
        f.quality(),
        nozzle,
        axes,
        f.ringing(),
        f.flow(),
        f.geometry(),
        null,
        null);
  }

  private static Fingerprint only(Fingerprint f, boolean nozzle) {
    return new Fingerprint(
        f.algorithm(),
        f.printer(),
        f.coupon(),
        f.time(),
        f.slotXMm(),
        f.slotYMm(),
        f.kinematics(),
        f.pulleyXMm(),
        f.pulleyYMm(),
        f.nozzleMm(),
        Claim.UNREAD,
        f.quality(),
        nozzle ? f.nozzle() : null,
        nozzle ? Map.of() : f.axes(),
        null,
        null,
        null,
        null,
        null);
  }

  private static Fingerprint ringingOnly(Fingerprint f, RingingComponent ringing) {
    return new Fingerprint(
        f.algorithm(),
        f.printer(),
        f.coupon(),
        f.time(),
        f.slotXMm(),
        f.slotYMm(),
        f.kinematics(),
        f.pulleyXMm(),
        f.pulleyYMm(),
        f.nozzleMm(),
        Claim.UNREAD,
        f.quality(),
        null,
        Map.of(),
        ringing,
        null,
        null,
        null,
        null);
  }

  private static Fingerprint redesigned(
      Fingerprint f, String coupon, Kinematics kinematics, double nozzleMm) {
    return new Fingerprint(
        f.algorithm(),
        f.printer(),
        coupon,
        f.time(),
        f.slotXMm(),
        f.slotYMm(),
        kinematics,
        f.pulleyXMm(),
        f.pulleyYMm(),
        nozzleMm,
        f.claim(),
        f.quality(),
        f.nozzle(),
        f.axes(),
        f.ringing(),
        f.flow(),
        f.geometry(),
        null,
        null);
  }
}
