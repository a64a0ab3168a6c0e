package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobGuardTest {
  private final SplittableRandom random = new SplittableRandom(5);
  private JobGuard guard = new JobGuard("port", true, 0);
  private double nowS;
  private double readEveryS = 2;
  private double noiseC;
  private double nozzleC = 22;
  private double nozzleTargetC;
  private double nozzleGainCs = 2;
  private double bedC = 22;
  private double bedTargetC;
  private double bedGainCs = 0.2;

  private double noise() {
    return noiseC * (2 * random.nextDouble() - 1);
  }

  private static double moved(double c, double targetC, double gainC) {
    return c < targetC ? Math.min(targetC, c + gainC) : Math.max(targetC, c - gainC);
  }

  /** Lets time pass with readings; the first thing that is wrong, with the second it took. */
  private @Nullable HeaterFault pass(Duration time) {
    double endS = nowS + time.toSeconds();
    while (nowS < endS) {
      nowS += readEveryS;
      nozzleC = moved(nozzleC, Math.max(22, nozzleTargetC), nozzleGainCs * readEveryS);
      bedC = moved(bedC, Math.max(22, bedTargetC), bedGainCs * readEveryS);
      HeaterFault fault =
          guard.step(
              new Temperatures(nozzleC + noise(), nozzleTargetC, bedC + noise(), bedTargetC, 0, 0),
              nanos());
      if (fault != null) {
        return fault;
      }
    }
    return guard.silence(nanos());
  }

  private long nanos() {
    return (long) (nowS * 1e9);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1.5})
  void shouldLetAPrinterHeatPrintAndCool(double noise) {
    noiseC = noise;
    nozzleTargetC = 210;
    bedTargetC = 60;
    assertThat(pass(Duration.ofMinutes(20))).isNull();
    nozzleTargetC = 0;
    bedTargetC = 0;
    assertThat(pass(Duration.ofMinutes(20))).isNull();
  }

  @Test
  void shouldJudgeAPrinterWhoseTimeRunsFasterOnlyMoreGently() {
    nozzleGainCs *= 60;
    bedGainCs *= 60;
    nozzleTargetC = 240;
    bedTargetC = 110;
    assertThat(pass(Duration.ofMinutes(2))).isNull();
    nozzleTargetC = 200;
    assertThat(pass(Duration.ofMinutes(2))).isNull();
  }

  @Test
  void shouldNoticeANozzleThatDoesNotHeatUp() {
    nozzleTargetC = 210;
    nozzleGainCs = 0.01;
    noiseC = 0.5;

    HeaterFault fault = pass(Duration.ofMinutes(5));

    assertThat(fault).isNotNull();
    assertThat(fault.getMessage())
        .startsWith("port: the nozzle does not heat up: 2")
        .contains("210 C are wanted");
    assertThat(fault.outOfControl()).isFalse();
    assertThat(nowS).isBetween(60.0, 90.0);
  }

  @Test
  void shouldNoticeABedThatDoesNotHeatUp() {
    bedTargetC = 60;
    bedGainCs = 0.001;

    HeaterFault fault = pass(Duration.ofMinutes(20));

    assertThat(fault).isNotNull().hasMessageContaining("the bed does not heat up");
    assertThat(nowS).isBetween(300.0, 330.0);
  }

  @Test
  void shouldNoticeASensorThatFellOutWhileThePrinterPrints() {
    nozzleTargetC = 210;
    assertThat(pass(Duration.ofMinutes(3))).isNull();
    nozzleC = 150;
    nozzleGainCs = 0;

    assertThat(pass(Duration.ofMinutes(3)))
        .isNotNull()
        .hasMessageContaining("the nozzle does not heat up: 150.0 C");
  }

  @Test
  void shouldNoticeANozzleThatRunsAwayAboveItsTarget() {
    nozzleTargetC = 210;
    assertThat(pass(Duration.ofMinutes(3))).isNull();
    double beganS = nowS;
    nozzleC = 226;
    nozzleGainCs = 0;

    HeaterFault fault = pass(Duration.ofMinutes(3));

    assertThat(fault).isNotNull();
    assertThat(fault.outOfControl()).isTrue();
    assertThat(fault.getMessage())
        .contains("the nozzle is at 226.0 C")
        .contains("should be at 210 C");
    assertThat(nowS - beganS).isBetween(10.0, 16.0);
  }

  @Test
  void shouldForgiveAnOvershootAndAReadingThatWasDamaged() {
    nozzleTargetC = 210;
    assertThat(pass(Duration.ofMinutes(3))).isNull();
    nozzleC = 224;
    nozzleGainCs = 0;
    assertThat(pass(Duration.ofSeconds(30))).isNull();
    nozzleGainCs = 2;
    for (int i = 0; i < 20; i++) {
      assertThat(guard.step(new Temperatures(910, 210, 22, 0, 0, 0), nanos())).isNull();
      assertThat(guard.step(new Temperatures(230, 210, 22, 0, 0, 0), nanos())).isNull();
      assertThat(pass(Duration.ofSeconds(6))).isNull();
    }
  }

  @Test
  void shouldGiveATargetThatWasLoweredTheTimeToBeReached() {
    nozzleTargetC = 240;
    bedTargetC = 110;
    assertThat(pass(Duration.ofMinutes(10))).isNull();
    nozzleGainCs = 0.2;
    bedGainCs = 0.01;
    nozzleTargetC = 170;
    bedTargetC = 50;
    assertThat(pass(Duration.ofMinutes(120))).isNull();
    nozzleTargetC = 0;
    assertThat(pass(Duration.ofMinutes(30))).isNull();
  }

  @Test
  void shouldNoticeANozzleThatStaysHotThoughItsTargetWasLowered() {
    nozzleTargetC = 240;
    assertThat(pass(Duration.ofMinutes(10))).isNull();
    nozzleTargetC = 0;
    nozzleGainCs = 0.02;

    HeaterFault fault = pass(Duration.ofMinutes(5));

    assertThat(fault).isNotNull();
    assertThat(fault.outOfControl()).isTrue();
    assertThat(fault.getMessage()).contains("does not cool to its target of 0 C");
  }

  @Test
  void shouldNoticeAHeaterThatIsOnWithoutATarget() {
    assertThat(pass(Duration.ofMinutes(1))).isNull();
    nozzleC = 130;
    nozzleGainCs = 0;

    assertThat(pass(Duration.ofMinutes(1)))
        .isNotNull()
        .hasMessageContaining("the nozzle is at 130.0 C");
  }

  @Test
  void shouldLeaveANozzleAloneThatAHotBedWarms() {
    bedTargetC = 110;
    nozzleC = 70;
    nozzleGainCs = 0;
    assertThat(pass(Duration.ofMinutes(30))).isNull();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-40, 2000})
  void shouldNoticeAReadingThatNoPrinterHas(double readingC) {
    nozzleTargetC = 210;
    assertThat(pass(Duration.ofMinutes(1))).isNull();
    nozzleC = readingC;
    nozzleGainCs = 0;

    assertThat(pass(Duration.ofSeconds(20)))
        .isNotNull()
        .hasMessageContaining("sensor reads %.0f C".formatted(readingC));
  }

  @Test
  void shouldNotMissABedThatIsNotThere() {
    nozzleTargetC = 210;
    bedC = Double.NaN;
    assertThat(pass(Duration.ofMinutes(20))).isNull();

    bedTargetC = 60;
    assertThat(pass(Duration.ofSeconds(20))).isNotNull().hasMessageContaining("the bed's sensor");
  }

  @Test
  void shouldNoticeThatAPromisedReportStaysAway() {
    nozzleTargetC = 210;
    assertThat(pass(Duration.ofMinutes(1))).isNull();
    nowS += 29;
    assertThat(guard.silence(nanos())).isNull();
    nowS += 2;
    guard.busy(nanos());
    assertThat(guard.silence(nanos())).as("a long command is at work").isNull();
    nowS += 30;
    assertThat(guard.silence(nanos()))
        .isNotNull()
        .hasMessage(
            "port: no temperature was heard for 61 s while a heater is on: check the sensor and"
                + " the cable");
  }

  @Test
  void shouldNoticeAnswersWithoutATemperatureButWaitForTheFirst() {
    guard = new JobGuard("port", false, 0);
    nozzleTargetC = 210;
    assertThat(pass(Duration.ofMinutes(1))).isNull();
    nowS += 400;
    assertThat(guard.silence(nanos())).as("probing a mesh, and no report").isNull();
    guard.answered(false);
    guard.answered(false);
    assertThat(guard.silence(nanos())).isNull();
    guard.answered(false);
    assertThat(guard.silence(nanos())).isNotNull();
  }

  @Test
  void shouldNotMissReadingsOfAColdPrinter() {
    assertThat(pass(Duration.ofMinutes(1))).isNull();
    nowS += 4000;
    assertThat(guard.silence(nanos())).isNull();
  }
}
