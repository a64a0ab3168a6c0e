package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class HeaterFaultTest {
  private static final List<String> PROGRAM =
      IntStream.range(0, 30).mapToObj(i -> "G1 X%d Y10".formatted(i)).toList();

  private final ShiftableTime time = new ShiftableTime();
  private final Cable cable = new Cable();
  private final ScriptedMarlin marlin = new ScriptedMarlin(cable);
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private PrinterLink link;

  @BeforeEach
  void greet() throws Exception {
    link = PrinterLink.open(cable, LinkSettings.at(115200), LinkListener.NONE, time);
    marlin.power();
    marlin.say("start");
    link.hello();
  }

  @AfterEach
  void close() throws Exception {
    // A halted printer cannot be told to stop its reports; that is no matter here.
    Throwable atClose = catchThrowable(link::close);
    assertThat(atClose == null || atClose instanceof LinkException).isTrue();
    marlin.close();
  }

  /**
   * Says a reading a second, each heard before the next; no more once the link ends, for it then
   * waits for answers that this would keep from it while the time goes on.
   */
  private void report(int count, double nozzleC, double targetC) {
    for (int i = 0; i < count && told.isEmpty(); i++) {
      double heardC = nozzleC + i / 1000.0;
      time.forward(Duration.ofSeconds(1));
      marlin.say(String.format(Locale.ROOT, " T:%.3f /%.2f B:22.00 /0.00 @:127", heardC, targetC));
      await().until(() -> heard(heardC));
    }
  }

  private boolean heard(double nozzleC) {
    Temperatures last = link.lastTemperatures();
    return last != null && Math.abs(last.nozzleC() - nozzleC) < 1e-6;
  }

  private @Nullable Throwable stream() {
    return catchThrowable(
        () ->
            link.stream(
                PROGRAM,
                new StreamProgress() {
                  @Override
                  public void acknowledged(int done, int total) {}

                  @Override
                  public void ending(LinkException why) {
                    told.add(String.valueOf(why.getMessage()));
                  }
                }));
  }

  @Test
  void shouldSwitchTheHeatersOffWhenANozzleDoesNotHeatUp() {
    marlin.on(
        "G1 X9 ",
        (m, c) -> {
          m.nozzleTarget = 210;
          report(70, 30, 210);
          m.ok(c);
        });

    Throwable fault = stream();

    assertThat(fault).isInstanceOf(HeaterFault.class).hasNoSuppressedExceptions();
    assertThat(fault).hasMessageStartingWith("cable: the nozzle does not heat up: 30.");
    assertThat(told).containsExactly(Objects.requireNonNull(fault).getMessage());
    assertThat(marlin.nozzleTarget).isZero();
    assertThat(marlin.executed).contains("M104 S0", "M140 S0").doesNotContain("G1 X29 Y10");
  }

  @Test
  void shouldStopAPrinterForGoodWhoseNozzleRunsAway() {
    marlin.on(
        "G1 X9 ",
        (m, c) -> {
          m.nozzleTarget = 210;
          report(5, 210, 210);
          report(15, 240, 210);
          m.ok(c);
        });

    Throwable fault = stream();

    assertThat(fault)
        .isInstanceOfSatisfying(HeaterFault.class, f -> assertThat(f.outOfControl()).isTrue())
        .hasMessageContaining("its heater does not go off");
    await()
        .until(
            () ->
                catchThrowable(() -> link.send("M105", Duration.ofSeconds(5)))
                    instanceof PrinterHalted);
    assertThat(marlin.executed).doesNotContain("G1 X29 Y10");
  }
}
