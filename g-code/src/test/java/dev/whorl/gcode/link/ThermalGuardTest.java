package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.gcode.link.ThermalGuard.Verdict;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThermalGuardTest {

  private static Temperatures at(double nozzleC, double bedC) {
    return new Temperatures(nozzleC, 0, bedC, 0, 0, 0);
  }

  private static long s(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  @Test
  void shouldBeContentWhenBothFall() {
    ThermalGuard guard = new ThermalGuard(at(210, 60), s(100));
    assertThat(guard.step(at(209, 59.9), s(110))).isEqualTo(Verdict.WATCHING);
    assertThat(guard.step(at(208, 59.5), s(120))).isEqualTo(Verdict.WATCHING);
    assertThat(guard.step(at(205, 59), s(130))).isEqualTo(Verdict.FALLING);
  }

  @Test
  void shouldAlarmAfterAMinuteWhenTheNozzleStaysHot() {
    ThermalGuard guard = new ThermalGuard(at(210, 60), 0);
    assertThat(guard.step(at(208.1, 58), s(59))).isEqualTo(Verdict.WATCHING);
    assertThat(guard.step(at(208.1, 58), s(60))).isEqualTo(Verdict.NOZZLE_NOT_FALLING);
  }

  @Test
  void shouldGiveTheBedFiveMinutes() {
    ThermalGuard guard = new ThermalGuard(at(210, 60), 0);
    assertThat(guard.step(at(150, 59.1), s(299))).isEqualTo(Verdict.WATCHING);
    assertThat(guard.step(at(100, 59.1), s(300))).isEqualTo(Verdict.BED_NOT_FALLING);
  }

  @Test
  void shouldAskNoFallOfWhatIsCold() {
    assertThat(new ThermalGuard(at(25, 24), 0).step(at(25, 24), s(1))).isEqualTo(Verdict.FALLING);
    Temperatures noBed = at(30, Double.NaN);
    assertThat(new ThermalGuard(noBed, 0).step(noBed, s(1))).isEqualTo(Verdict.FALLING);
  }

  @Test
  void shouldCountTheNozzleOfAHotPrinterWithoutABed() {
    ThermalGuard guard = new ThermalGuard(at(210, Double.NaN), 0);
    assertThat(guard.step(at(210, Double.NaN), s(61))).isEqualTo(Verdict.NOZZLE_NOT_FALLING);
  }
}
