package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class PrinterLinkTest extends LinkedToMarlin {
  @Test
  void shouldMakeThePrintersAcquaintance() throws Exception {
    Hello hello = hello();

    assertThat(hello.restarted()).isTrue();
    assertThat(hello.baud()).isEqualTo(115200);
    assertThat(hello.capabilities().firmwareName()).isEqualTo("Marlin 2.1.2 (Nov 24 2026)");
    assertThat(hello.capabilities().machineType()).isEqualTo("Ender-3");
    assertThat(hello.capabilities().parsesEmergencies()).isTrue();
    assertThat(hello.temperatures().nozzleC()).isEqualTo(19.38);
    assertThat(marlin.executed).containsExactly("M110 N0", "M115", "M155 S2", "M105");
  }

  @Test
  void shouldStreamAProgramInOrderWithoutOverrunningTheReceiveBuffer() throws Exception {
    hello();
    List<Integer> progress = new ArrayList<>();

    link.stream(moves(300), (done, total) -> progress.add(done));

    assertThat(marlin.executed("G1")).isEqualTo(moves(300));
    assertThat(marlin.overruns).isZero();
    assertThat(progress).last().isEqualTo(300);
    assertThat(progress).isSorted();
  }

  // ---- Hello.

  @Test
  void shouldGreetAPrinterThatOpeningThePortDidNotReset() throws Exception {
    marlin.power();
    CompletableFuture<Hello> hello = inBackground(link::hello);
    forwardUntil(hello::isDone, Duration.ofSeconds(1));

    assertThat(hello.get().restarted()).isFalse();
    assertThat(hello.get().capabilities().firmwareName()).startsWith("Marlin");
  }

  @Test
  void shouldGreetAnewWhenThePrinterStartsLate() throws Exception {
    marlin.on("M110", 1, (m, c) -> m.reset()).power();
    CompletableFuture<Hello> hello = inBackground(link::hello);
    forwardUntil(hello::isDone, Duration.ofSeconds(1));

    assertThat(hello.get().restarted()).isTrue();
    assertThat(marlin.executed("M110")).hasSize(2);
  }

  @Test
  void shouldFindTheSpeedThatMakesSense() throws Exception {
    close();
    Cable other = new Cable();
    ScriptedMarlin fast = new ScriptedMarlin(other);
    fast.workingBaud = 250000;
    fast.power();
    try (PrinterLink auto = PrinterLink.open(other, LinkSettings.AUTO, LinkListener.NONE, time)) {
      CompletableFuture<Hello> hello = inBackground(auto::hello);
      forwardUntil(hello::isDone, Duration.ofMillis(300));
      assertThat(hello.get().baud()).isEqualTo(250000);
    } finally {
      fast.close();
    }
  }

  @Test
  void shouldSayThatNobodyAnswers() throws Exception {
    CompletableFuture<Hello> hello = inBackground(link::hello);
    forwardUntil(hello::isDone, Duration.ofSeconds(5));

    assertThat(failureOf(hello))
        .isInstanceOf(PrinterSilent.class)
        .hasMessage(
            "cable: the printer does not answer: check its power, the cable and the baud rate");
  }

  @Test
  void shouldAskForAHelloFirst() {
    assertThatThrownBy(() -> link.send("M105", SHORT))
        .isInstanceOf(LinkException.class)
        .hasMessage("cable: say hello to the printer first");
  }

  // ---- Commands.

  @Test
  void shouldReturnWhatThePrinterSaidToACommand() throws Exception {
    hello();
    assertThat(link.send("M999999", SHORT)).containsExactly("echo:Unknown command: \"M999999\"");
    assertThat(link.send("M105 ; now", SHORT))
        .containsExactly("T:19.38 /0.00 B:19.38 /0.00 @:0 B@:0");
    assertThat(link.send("; nothing", SHORT)).isEmpty();
  }

  @Test
  void shouldKeepReportsThatComeByThemselvesOutOfReplies() throws Exception {
    hello();
    marlin.on(
        "M220",
        (m, c) -> {
          m.say(" T:20.00 /0.00 B:20.00 /0.00 @:0 B@:0");
          m.say("echo:busy: processing");
          m.say("FR:100%");
          m.ok(c);
        });
    assertThat(link.send("M220", SHORT)).containsExactly("FR:100%");
    assertThat(link.lastTemperatures().nozzleC()).isEqualTo(20);
  }

  @Test
  void shouldSayWhereTheNozzleIsOnceItRests() throws Exception {
    hello();
    assertThat(link.position()).isEqualTo(new Position(80, 40.5, 5, 12));
    assertThat(marlin.executed).endsWith("M400", "M105", "M114");
  }

  @Test
  void shouldAskForTemperaturesWhenNoneAreFresh() throws Exception {
    hello();
    int before = marlin.executed("M105").size();
    link.temperatures();
    assertThat(marlin.executed("M105")).hasSize(before);
    time.forward(Duration.ofSeconds(6));
    assertThat(link.temperatures().bedC()).isEqualTo(19.38);
    assertThat(marlin.executed("M105")).hasSize(before + 1);
  }

  @Test
  void shouldRefuseAProgramThatCannotBeSentBeforeSendingAnyOfIt() throws Exception {
    hello();
    int before = marlin.received.size();
    assertThatThrownBy(() -> link.stream(List.of("G28", "M117 \u00b5m"), (d, t) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(marlin.received).hasSize(before);
  }

  @Test
  void shouldAskForTemperaturesDuringAStreamWherePrintersDoNotReport() throws Exception {
    marlin.autoReports = false;
    hello();
    marlin.on(
        "G1 X3 ",
        (m, c) -> {
          time.forward(Duration.ofSeconds(3));
          m.ok(c);
        });
    int before = marlin.executed("M105").size();
    link.stream(moves(20), (d, t) -> {});
    assertThat(marlin.executed("M105").size()).isGreaterThan(before);
    assertThat(marlin.executed("G1")).isEqualTo(moves(20));
  }

  // ---- Lines and acknowledgements that get lost.

  @Test
  void shouldTellThatTheCableWasPulled() throws Exception {
    hello();
    marlin.on("G1 X9 ", (m, c) -> cable.close());
    assertThat(failureOf(stream(moves(30))))
        .isInstanceOf(LinkLost.class)
        .hasMessage("cable: unplugged");
    assertThatThrownBy(() -> link.temperatures()).isInstanceOf(LinkLost.class);
    assertThatThrownBy(() -> link.position()).isInstanceOf(LinkLost.class);
  }

  @Test
  void shouldFreeAWriteThatThePrinterDoesNotTake() throws Exception {
    hello();
    cable.clog();
    CompletableFuture<Void> stream = stream(moves(30));
    forwardUntil(stream::isDone, Duration.ofSeconds(1));
    assertThat(failureOf(stream)).isInstanceOf(LinkLost.class);
    assertThat(cable.isOpen()).isFalse();
  }

  @Test
  void shouldOutliveAListenerThatFails() throws Exception {
    close();
    Cable other = new Cable();
    ScriptedMarlin printer = new ScriptedMarlin(other).power();
    printer.say("start");
    LinkListener failing =
        reply -> {
          throw new IllegalStateException("listener");
        };
    try (PrinterLink another = PrinterLink.open(other, LinkSettings.at(9600), failing, time)) {
      another.hello();
      assertThat(another.send("M999999", SHORT)).hasSize(1);
    } finally {
      printer.close();
    }
  }

  @Test
  void shouldEndItsThreadOnClose() throws Exception {
    hello();
    Thread reader = cable.reader();
    assertThat(reader.getName()).isEqualTo(WatchedLine.THREAD);
    assertThat(reader.isAlive()).isTrue();
    link.close();
    await().until(() -> !reader.isAlive());
  }

  // ---- Doing things meanwhile.
}
