package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PrinterLinkTest {

  private static final Duration SHORT = Duration.ofSeconds(10);

  private final ShiftableTime time = new ShiftableTime();
  private final Cable cable = new Cable();
  private final ScriptedMarlin marlin = new ScriptedMarlin(cable);
  private final List<Reply> heard = Collections.synchronizedList(new ArrayList<>());
  private PrinterLink link;

  @BeforeEach
  void open() {
    link = PrinterLink.open(cable, LinkSettings.at(115200), heard::add, time);
  }

  @AfterEach
  void close() throws Exception {
    CompletableFuture<Void> close =
        inBackground(
            () -> {
              link.close();
              return null;
            });
    // Some printers end halted or gone: a failure is no matter here.
    failureOf(close);
    marlin.close();
  }

  private Hello hello() throws LinkException {
    marlin.power();
    marlin.say("start");
    return link.hello();
  }

  private static List<String> moves(int count) {
    return IntStream.range(0, count).mapToObj(i -> "G1 X%d Y10 F1200".formatted(i)).toList();
  }

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
  void shouldPokeWithTheNextNumberAfterALostOk() throws Exception {
    hello();
    marlin.on("G28", (m, c) -> {});
    int first = marlin.received.size();
    CompletableFuture<List<String>> reply =
        inBackground(() -> link.send("G28", Duration.ofHours(1)));
    await().until(() -> !marlin.executed("G28").isEmpty());
    forwardUntil(reply::isDone, Duration.ofSeconds(1));
    reply.get();

    List<String> sent = marlin.received.subList(first, marlin.received.size());
    int number = numberOf(sent.get(0));
    assertThat(sent.get(0)).startsWith("N" + number + " G28*");
    assertThat(sent).hasSizeGreaterThan(1);
    for (int i = 1; i < sent.size(); i++) {
      assertThat(sent.get(i)).startsWith("N" + (number + i) + " M105*");
    }
    assertThat(marlin.executed("G28")).hasSize(1);
  }

  @Test
  void shouldGoOnAfterSeveralLostOks() throws Exception {
    hello();
    marlin.on("G1 X5 ", (m, c) -> {}).on("G1 X6 ", (m, c) -> {}).on("G1 X40 ", (m, c) -> {});
    streamForwarding(moves(80));
    assertThat(marlin.executed("G1")).isEqualTo(moves(80));
  }

  @Test
  void shouldGoOnAfterTheVeryLastOkIsLost() throws Exception {
    hello();
    marlin.on("G1 X9 ", (m, c) -> {});
    streamForwarding(moves(10));
    assertThat(marlin.executed("G1")).isEqualTo(moves(10));
    assertThat(link.send("M999999", SHORT)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldRepeatDamagedLinesHoweverManyOksComeWithTheRequest(int oks) throws Exception {
    marlin.oksAfterResend = oks;
    hello();
    marlin
        .onArrival(" G1 X5 ", 2, (m, line) -> m.refuse("checksum mismatch"))
        .onArrival(" G1 X20 ", 1, (m, line) -> m.refuse("checksum mismatch"))
        .onArrival(" G1 X59 ", 1, (m, line) -> m.refuse("checksum mismatch"));
    streamForwarding(moves(60));
    assertThat(marlin.executed("G1")).isEqualTo(moves(60));
    assertThat(link.send("M999999", SHORT)).hasSize(1);
  }

  @Test
  void shouldRepeatALineThatVanished() throws Exception {
    hello();
    marlin.onArrival(" G1 X5 ", 1, (m, line) -> {}).onArrival(" G1 X29 ", 1, (m, line) -> {});
    streamForwarding(moves(30));
    assertThat(marlin.executed("G1")).isEqualTo(moves(30));
  }

  @Test
  void shouldUnderstandARequestOfWhichOnlyTheErrorArrived() throws Exception {
    hello();
    marlin.onArrival(
        " G1 X5 ",
        1,
        (m, line) -> m.say("Error:checksum mismatch, Last Line: " + (numberOf(line) - 1)));
    streamForwarding(moves(12));
    assertThat(marlin.executed("G1")).isEqualTo(moves(12));
  }

  @Test
  void shouldIgnoreALateCopyOfAnOldRequest() throws Exception {
    hello();
    marlin.on(
        "G1 X8 ",
        (m, c) -> {
          m.say("Resend: " + (numberOf(c) - 3));
          m.say("ok");
          m.ok(c);
        });
    streamForwarding(moves(30));
    assertThat(marlin.executed("G1")).isEqualTo(moves(30));
  }

  @Test
  void shouldNotFollowAGarbledRequest() throws Exception {
    hello();
    marlin.on(
        "G1 X8 ",
        (m, c) -> {
          m.say("Resend: 1");
          m.ok(c);
        });
    marlin.on(
        "G1 X15 ",
        (m, c) -> {
          m.say("Resend: 88888");
          m.ok(c);
        });
    streamForwarding(moves(30));
    assertThat(marlin.executed("G1")).isEqualTo(moves(30));
  }

  @Test
  void shouldStopWhenOneLineIsAskedForTenTimes() throws Exception {
    hello();
    marlin.onArrival(" G1 X5 ", 1000, (m, line) -> m.refuse("checksum mismatch"));
    assertThat(failureOf(stream(moves(30))))
        .isExactlyInstanceOf(LinkException.class)
        .hasMessageContaining("asked 10 times for line")
        .hasMessageContaining("too noisy");
    assertThat(marlin.executed).contains("M104 S0", "M140 S0");
    assertThat(marlin.executed("G1")).isEqualTo(moves(5));
  }

  @Test
  void shouldStopWhenThePrinterLostCount() throws Exception {
    hello();
    marlin.on(
        "G1 X20 ",
        (m, c) -> {
          m.loseCount();
          m.ok(c);
        });
    assertThat(failureOf(stream(moves(60))))
        .isExactlyInstanceOf(LinkException.class)
        .hasMessageContaining("it lost count");
    assertThat(marlin.executed("G1").size()).isBetween(21, 25);
    assertThat(marlin.executed("G1")).doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepCountWithAdvancedOks() throws Exception {
    marlin.advancedOk = true;
    hello();
    marlin
        .on("G1 X5 ", (m, c) -> {})
        .on("G1 X6 ", (m, c) -> {})
        .onArrival(" G1 X20 ", 1, (m, line) -> m.refuse("checksum mismatch"));
    link.stream(moves(60), (d, t) -> {});
    assertThat(marlin.executed("G1")).isEqualTo(moves(60));
    assertThat(marlin.overruns).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldDeliverEveryLineOnceAndInOrderOverABadCable(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    marlin.advancedOk = random.nextBoolean();
    marlin.oksAfterResend = random.nextInt(3);
    hello();
    for (int i = 0; i < 12; i++) {
      String prefix = "G1 X" + random.nextInt(150) + " ";
      switch (random.nextInt(3)) {
        case 0 -> marlin.on(prefix, (m, c) -> {});
        case 1 -> marlin.onArrival(" " + prefix, 1, (m, line) -> {});
        default -> marlin.onArrival(" " + prefix, 1, (m, line) -> m.refuse("checksum mismatch"));
      }
    }
    streamForwarding(moves(150));
    assertThat(marlin.executed("G1")).isEqualTo(moves(150));
  }

  @Test
  void shouldNotMindNoiseAmongTheReplies() throws Exception {
    hello();
    marlin.on(
        "G1 X3 ",
        (m, c) -> {
          cable.say("\u0000\u00ff\u0000" + "z".repeat(100_000) + "\n");
          cable.say("o\u0000k\n");
        });
    link.stream(moves(10), (d, t) -> {});
    assertThat(marlin.executed("G1")).isEqualTo(moves(10));
    assertThat(heard).allSatisfy(r -> assertThat(r.text().length()).isLessThanOrEqualTo(1024));
  }

  // ---- Waiting.

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
    link.close();
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(t -> t.getName().equals(WatchedLine.THREAD) && t.isAlive()));
  }

  // ---- Doing things meanwhile.

  private interface Call<T> {
    T run() throws Exception;
  }

  private static <T> CompletableFuture<T> inBackground(Call<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(call.run());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private CompletableFuture<Void> stream(List<String> lines) {
    return inBackground(
        () -> {
          link.stream(lines, (d, t) -> {});
          return null;
        });
  }

  /** Streams, with the time set forward whenever the printer has been quiet for a while. */
  private void streamForwarding(List<String> lines) throws Exception {
    CompletableFuture<Void> stream = stream(lines);
    forwardUntil(stream::isDone, Duration.ofSeconds(1));
    stream.get();
  }

  private void forwardUntil(Callable<Boolean> done, Duration step) {
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              boolean is = done.call();
              if (!is) {
                time.forward(step);
              }
              return is;
            });
  }

  private Throwable failureOf(CompletableFuture<?> future) {
    forwardUntil(future::isDone, Duration.ofMillis(500));
    return future.handle((value, failure) -> failure).join();
  }

  private static int numberOf(String line) {
    return Integer.parseInt(line.substring(1, line.indexOf(' ')));
  }
}
