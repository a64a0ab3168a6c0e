package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How talk with a printer ends other than well, and what becomes of its heat. */
@Execution(ExecutionMode.CONCURRENT)
class LinkEndTest extends LinkedToMarlin {
  @Test
  void shouldWaitForAsLongAsThePrinterSaysItIsBusy() throws Exception {
    hello();
    marlin.on(
        "G29",
        (m, c) -> {
          for (int i = 0; i < 40; i++) {
            time.forward(Duration.ofSeconds(2));
            int already = heard.size();
            m.say("echo:busy: processing");
            await().until(() -> heard.size() > already);
          }
          m.ok(c);
        });
    int before = marlin.received.size();
    link.stream(List.of("G29"), (d, t) -> {});
    assertThat(marlin.received.subList(before, marlin.received.size())).hasSize(1);
  }

  @Test
  void shouldAlarmWhenABusyPrinterFallsSilent() throws Exception {
    hello();
    marlin.on(
        "G29",
        (m, c) -> {
          m.say("echo:busy: processing");
          m.silent = true;
        });
    CompletableFuture<Void> stream = stream(List.of("G29"));
    forwardUntil(stream::isDone, Duration.ofSeconds(1));
    assertThat(failureOf(stream))
        .isInstanceOf(PrinterSilent.class)
        .hasMessageContaining("was busy and fell silent");
  }

  @Test
  void shouldEndACommandThatTakesTooLong() throws Exception {
    hello();
    marlin.on("G4", (m, c) -> m.silent = true);
    CompletableFuture<List<String>> reply =
        inBackground(() -> link.send("G4 S900", Duration.ofSeconds(30)));
    forwardUntil(reply::isDone, Duration.ofSeconds(1));
    assertThat(failureOf(reply))
        .isInstanceOf(PrinterSilent.class)
        .hasMessage("cable: no answer to G4 S900 within 30 s");
  }

  // ---- Ends that are not good.

  @Test
  void shouldTellWhyThePrinterStoppedItself() throws Exception {
    hello();
    marlin.on(
        "G1 X9 ",
        (m, c) -> {
          m.say("Error:Thermal Runaway, system stopped! Heater_ID: E0");
          m.kill();
        });
    assertThat(failureOf(stream(moves(30))))
        .isInstanceOf(PrinterHalted.class)
        .hasMessage(
            "cable: the printer stopped itself: Thermal Runaway, system stopped! Heater_ID: E0; only a"
                + " reset helps: switch it off and on again");
    assertThatThrownBy(() -> link.send("M105", SHORT)).isInstanceOf(PrinterHalted.class);
  }

  @Test
  void shouldNoticeARestartInTheMiddleOfAJob() throws Exception {
    hello();
    marlin.on(
        "G1 X9 ",
        (m, c) -> {
          cable.say("\u0000");
          m.reset();
        });
    CompletableFuture<Void> stream = stream(moves(30));
    forwardUntil(stream::isDone, Duration.ofMillis(500));
    assertThat(failureOf(stream))
        .isInstanceOf(PrinterReset.class)
        .hasMessage("cable: the printer restarted; what it was doing is lost")
        .hasNoSuppressedExceptions();
    assertThat(marlin.executed).contains("M104 S0", "M140 S0");
    assertThat(marlin.executed("G1")).isEqualTo(moves(10));
  }

  @Test
  void shouldAskForANewHelloAfterARestart() throws Exception {
    hello();
    marlin.reset();
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> link.send("M114", SHORT))
                    .isInstanceOf(PrinterReset.class));
    CompletableFuture<Hello> again = inBackground(link::hello);
    forwardUntil(again::isDone, Duration.ofMillis(500));
    assertThat(again.get().restarted()).isTrue();
    assertThat(link.send("M999999", SHORT)).hasSize(1);
  }

  @Test
  void shouldEndTheWaitForHeatAndSwitchItOffOnAbort() throws Exception {
    hello();
    CompletableFuture<Void> stream =
        stream(
            List.of("M140 S60", "M109 S210", "G1 X1 Y10 F1200", "G1 X2 Y10 F1200", "G28", "G29"));
    await().until(() -> marlin.nozzleTarget == 210);

    link.abort();

    assertThat(failureOf(stream))
        .isInstanceOf(StreamAborted.class)
        .hasMessage("cable: aborted")
        .hasNoSuppressedExceptions();
    assertThat(marlin.nozzleTarget).isZero();
    assertThat(marlin.bedTarget).isZero();
    assertThat(marlin.executed).doesNotContain("G29");
    assertThat(link.send("M999999", SHORT)).hasSize(1);
  }

  @Test
  void shouldEndTheWaitForMovesOnAbort() throws Exception {
    hello();
    marlin.on("M400", (m, c) -> m.silent = true);
    CompletableFuture<Position> position = inBackground(link::position);
    await().until(() -> !marlin.executed("M400").isEmpty());
    link.abort();
    assertThat(failureOf(position)).isInstanceOf(StreamAborted.class);
    marlin.silent = false;
  }

  @Test
  void shouldEndTheStreamWhenAPersonCancelsAtThePrinter() throws Exception {
    hello();
    marlin.on(
        "G1 X9 ",
        (m, c) -> {
          m.say("//action:cancel");
          m.ok(c);
        });
    assertThat(failureOf(stream(moves(3000))))
        .isInstanceOf(StreamAborted.class)
        .hasMessage("cable: cancelled at the printer");
    assertThat(marlin.executed("G1").size()).isLessThan(3000);
  }

  @Test
  void shouldSwitchTheHeatersOffWhenInterrupted() throws Exception {
    hello();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                link.stream(List.of("M109 S210"), (d, t) -> {});
              } catch (StreamAborted e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
              } catch (LinkException e) {
                interrupted.completeExceptionally(e);
              }
            });
    thread.start();
    await().until(() -> marlin.nozzleTarget == 210);
    thread.interrupt();
    assertThat(interrupted.get()).isTrue();
    assertThat(marlin.nozzleTarget).isZero();
  }

  @Test
  void shouldSayWhenTheHeatersCannotBeSwitchedOff() throws Exception {
    hello();
    marlin.on(
        "G1 X9 ",
        (m, c) -> {
          m.breakHeat();
          m.say("//action:cancel");
          m.ok(c);
        });
    CompletableFuture<Void> stream = stream(moves(3000));
    forwardUntil(stream::isDone, Duration.ofSeconds(1));
    assertThat(failureOf(stream).getSuppressed())
        .singleElement()
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessage(
                        "cable: cannot confirm that the heaters are off: look at the printer, cut"
                            + " its power"));
  }

  @Test
  void shouldSwitchOffOnCloseTheHeatItAskedFor() throws Exception {
    hello();
    link.send("M104 S210", SHORT);
    assertThat(marlin.nozzleTarget).isEqualTo(210);
    link.close();
    assertThat(marlin.nozzleTarget).isZero();
    assertThat(marlin.executed).endsWith("M155 S0");
  }

  @Test
  void shouldLeaveTheHeatOfOthersAloneOnClose() throws Exception {
    marlin.nozzleTarget = 210;
    hello();
    link.close();
    assertThat(marlin.nozzleTarget).isEqualTo(210);
  }

  @Test
  void shouldStopAtOnceWhileThePrinterWaitsForHeat() throws Exception {
    hello();
    CompletableFuture<Void> stream = stream(List.of("M109 S210", "G28"));
    await().until(() -> marlin.nozzleTarget == 210);
    link.emergencyStop();
    assertThat(failureOf(stream)).isInstanceOf(LinkException.class);
    assertThat(marlin.executed).doesNotContain("G28");
    assertThatThrownBy(() -> link.send("M105", SHORT)).isInstanceOf(PrinterHalted.class);
  }

  @Test
  void shouldSayThatAnEmergencyStopWasNotConfirmed() throws Exception {
    hello();
    marlin.emergencyParser = false;
    marlin.on("M112", 9, (m, c) -> {}).on("M108", (m, c) -> {}).on("M410", (m, c) -> {});
    CompletableFuture<Void> stop =
        inBackground(
            () -> {
              link.emergencyStop();
              return null;
            });
    forwardUntil(stop::isDone, Duration.ofSeconds(1));
    assertThat(failureOf(stop))
        .isInstanceOf(PrinterSilent.class)
        .hasMessageEndingWith("cut its power");
  }
}
