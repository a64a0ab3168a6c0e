package dev.whorl.fingerprint.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.SyntheticPrinter;
import dev.whorl.fingerprint.compare.Comparer;
import dev.whorl.fingerprint.compare.Event;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.compare.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final ScoreModels MODELS = ScoreModels.shipped();
  private static final String KEY = "key-a";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private static Template enrolled(SyntheticPrinter printer) {
    Template template = Template.enrolled(printer.measure(Duration.ZERO), KEY);
    for (int i = 1; i < Template.ENROLMENT; i++) {
      template = template.updated(printer.measure(Duration.ofHours(i)), KEY, MODELS).template();
    }
    return template;
  }

  private static double[] tooth(Fingerprint fingerprint) {
    AxisComponent axis = fingerprint.axes().get(Axis.X);
    int k = axis.indexOf(2);
    return new double[] {axis.valuesUm()[2 * k], axis.valuesUm()[2 * k + 1]};
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  @Test
  void shouldKnowAPrinterBetterFromThreeCouponsThanFromOne() {
    double one = 0;
    double three = 0;
    for (int seed = 1; seed <= 20; seed++) {
      SyntheticPrinter printer = new SyntheticPrinter(seed);
      double[] truth = {printer.axes[0][4], printer.axes[0][5]};
      Template template = enrolled(printer);
      assertThat(template.coupons()).isEqualTo(3);
      one += Math.pow(distance(tooth(printer.measure(DAY)), truth), 2);
      three += Math.pow(distance(tooth(template.state()), truth), 2);
    }
    assertThat(three / one).isCloseTo(1 / 3.0, within(0.2));
  }

  @Test
  void shouldSayHowWellItKnowsWhatItKnows() {
    double squares = 0;
    int n = 0;
    for (int seed = 1; seed <= 40; seed++) {
      SyntheticPrinter printer = new SyntheticPrinter(seed);
      AxisComponent axis = enrolled(printer).state().axes().get(Axis.Y);
      for (int i = 0; i < 6; i++) {
        double off = axis.valuesUm()[i] - printer.axes[1][i];
        squares += off * off / axis.covariance(i, i);
        n++;
      }
    }
    // What it holds against homing and temperature is not in these printers: it may doubt more.
    assertThat(Math.sqrt(squares / n)).isBetween(0.5, 1.1);
  }

  @Test
  void shouldGoOnWithTheEnrolmentAsItWasWhateverComesLater() {
    SyntheticPrinter printer = new SyntheticPrinter(3);
    Template template = enrolled(printer);
    Fingerprint first = template.first();
    for (int week = 1; week <= 20; week++) {
      printer.age(WEEK);
      template = template.updated(printer.measure(WEEK.multipliedBy(week)), KEY, MODELS).template();
    }
    assertThat(template.first()).isEqualTo(first);
    assertThat(template.state()).isNotEqualTo(first);
  }

  @Test
  void shouldBeginAnewWithAChangedNozzleAndKeepTheRest() {
    SyntheticPrinter printer = new SyntheticPrinter(4);
    Template before = enrolled(printer);
    printer.changeNozzle();
    TemplateUpdate update = before.updated(printer.measure(WEEK), KEY, MODELS);
    assertThat(update.comparison().event()).isEqualTo(Event.NOZZLE_CHANGED);
    assertThat(update.actions())
        .containsEntry("nozzle", Action.RESTARTED)
        .containsEntry("axis_x", Action.UPDATED)
        .containsEntry("axis_y", Action.UPDATED);
    assertThat(update.action()).isEqualTo(Action.RESTARTED);
    assertThat(update.template().restarted()).containsExactly("nozzle");
    assertThat(update.template().since().get("axis_x")).isEqualTo(before.since().get("axis_x"));
    assertThat(update.template().since().get("nozzle")).isAfter(before.since().get("nozzle"));
    assertThat(update.template().compare(printer.measure(WEEK.multipliedBy(2)), MODELS).verdict())
        .isEqualTo(Verdict.MATCH);
  }

  @Test
  void shouldBeginAnewWithAnAxisWhoseBeltWasMoved() {
    SyntheticPrinter printer = new SyntheticPrinter(5);
    Template before = enrolled(printer);
    printer.shiftBelt(0, 0.7);
    TemplateUpdate update = before.updated(printer.measure(WEEK), KEY, MODELS);
    assertThat(update.comparison().event()).isEqualTo(Event.BELT_RETENSIONED);
    assertThat(update.actions())
        .containsEntry("axis_x", Action.RESTARTED)
        .containsEntry("nozzle", Action.UPDATED);
  }

  @Test
  void shouldNotLetAPrinterBeExchangedPartByPart() {
    SyntheticPrinter printer = new SyntheticPrinter(6);
    Template template = enrolled(printer);
    printer.changeNozzle();
    template = template.updated(printer.measure(WEEK), KEY, MODELS).template();
    printer.changeAxis(0);
    template = template.updated(printer.measure(WEEK.multipliedBy(2)), KEY, MODELS).template();
    assertThat(template.restarted()).containsExactly("axis_x", "nozzle");
    printer.changeAxis(1);
    Fingerprint last = printer.measure(WEEK.multipliedBy(3));
    TemplateUpdate update = template.updated(last, KEY, MODELS);
    assertThat(update.actions()).containsEntry("axis_y", Action.LIMITED);
    TemplateUpdate accepted = template.accepted(last, KEY, MODELS);
    assertThat(accepted.actions()).containsEntry("axis_y", Action.RESTARTED);
    assertThat(accepted.template().restarted()).isEmpty();
  }

  @Test
  void shouldMoveNothingForACouponOfAnotherPrinter() {
    Template before = enrolled(new SyntheticPrinter(7));
    TemplateUpdate update = before.updated(new SyntheticPrinter(8).measure(WEEK), KEY, MODELS);
    assertThat(update.template()).isEqualTo(before);
    assertThat(update.action()).isEqualTo(Action.KEPT);
  }

  @Test
  void shouldMoveNothingUnderAnotherKeyUntilAWholeCouponHandsCustodyOn() {
    SyntheticPrinter printer = new SyntheticPrinter(9);
    Template before = enrolled(printer);
    TemplateUpdate update = before.updated(printer.measure(WEEK), "key-b", MODELS);
    assertThat(update.template().state()).isEqualTo(before.state());
    assertThat(update.template().custody()).isEqualTo("key-b");
    assertThat(
            before
                .updated(new SyntheticPrinter(10).measure(WEEK), "key-b", MODELS)
                .template()
                .custody())
        .isEqualTo(KEY);
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13, 14, 15})
  void shouldFollowAnHonestPrinterThroughThreeYearsOfWear(int seed) {
    SyntheticPrinter printer = new SyntheticPrinter(seed);
    Template template = enrolled(printer);
    List<Action> actions = new ArrayList<>();
    Fingerprint first = template.first();
    for (int week = 1; week <= 156; week++) {
      printer.age(WEEK);
      TemplateUpdate update =
          template.updated(printer.measure(WEEK.multipliedBy(week)), KEY, MODELS);
      assertThat(update.comparison().verdict()).isIn(Verdict.MATCH, Verdict.DRIFT);
      actions.add(update.action());
      template = update.template();
    }
    assertThat(actions).doesNotContain(Action.LIMITED);
    Fingerprint last = printer.measure(WEEK.multipliedBy(157));
    assertThat(template.compare(last, MODELS).log10Lr())
        .isGreaterThan(Comparer.compare(first, last, MODELS).log10Lr());
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 18, 19, 20})
  void shouldStopAnAttackerWhoLeadsItToHisPrinterByAcceptedSteps(int seed) {
    SyntheticPrinter victim = new SyntheticPrinter(seed);
    SyntheticPrinter attacker = new SyntheticPrinter(seed + 100L);
    Template template = enrolled(victim);
    int limited = 0;
    for (int day = 1; day <= 100; day++) {
      victim.goTowards(attacker, 1.0 / (101 - day));
      TemplateUpdate update = template.updated(victim.measure(DAY.multipliedBy(day)), KEY, MODELS);
      template = update.template();
      limited += update.action() == Action.LIMITED ? 1 : 0;
    }
    assertThat(limited).isPositive();
    Fingerprint his = attacker.measure(DAY.multipliedBy(101));
    assertThat(template.updated(his, KEY, MODELS).comparison().verdict())
        .isEqualTo(Verdict.MISMATCH);
  }

  @Test
  void shouldReadWhatItWrote() throws Exception {
    SyntheticPrinter printer = new SyntheticPrinter(21);
    Template template = enrolled(printer);
    printer.changeNozzle();
    template = template.updated(printer.measure(WEEK), KEY, MODELS).template();
    String json = TemplateJson.write(template);
    assertThat(json.length()).isLessThan(3 * 8192);
    Template read = TemplateJson.read(json);
    assertThat(TemplateJson.write(read)).isEqualTo(json);
    assertThat(read.since()).isEqualTo(template.since());
  }
}
