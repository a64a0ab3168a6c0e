package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whorl.gcode.host.HostPort;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A host whose commands go through the link to a printer. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class HostRelayTest {

  private final ShiftableTime time = new ShiftableTime();
  private final Cable cable = new Cable();
  private final ScriptedMarlin marlin = new ScriptedMarlin(cable);
  private final HostPort port = new HostPort(time);
  private final StringBuffer told = new StringBuffer();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private PrinterLink link;

  @BeforeEach
  void open() throws Exception {
    LinkListener listener =
        new LinkListener() {
          @Override
          public void heard(Reply reply) {}

          @Override
          public void unasked(Reply reply) {
            port.unasked(reply);
          }
        };
    link = PrinterLink.open(cable, LinkSettings.at(115200), listener, time);
    marlin.power();
    marlin.say("start");
    link.hello();
    marlin.executed.clear();
    told();
    told.setLength(0);
  }

  @AfterEach
  void close() throws Exception {
    threads.shutdownNow();
    try {
      link.close();
    } catch (LinkException e) {
      // Some printers end halted or restarted: no matter here.
      assertThat(e).isInstanceOfAny(PrinterHalted.class, PrinterReset.class, LinkLost.class);
    }
    marlin.close();
  }

  private void send(String... lines) throws LinkException {
    byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    for (String code : port.received(bytes, bytes.length)) {
      link.urgent(code);
    }
    link.wake();
  }

  private Future<Object> relay() {
    return threads.submit(
        () -> {
          link.relay(port);
          return null;
        });
  }

  private List<String> told() {
    for (byte[] next = port.output(); next.length > 0; next = port.output()) {
      told.append(new String(next, StandardCharsets.ISO_8859_1));
      port.wrote(next.length);
    }
    return told.isEmpty() ? List.of() : List.of(told.toString().split("\n"));
  }

  private static String[] moves(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "G1 X%d Y10".formatted(i))
        .toArray(String[]::new);
  }

  @Test
  void shouldCarryAHostsProgramInOrderAndAcknowledgeEveryCommand() throws Exception {
    marlin
        .onArrival("X50 ", 1, (m, line) -> m.refuse("checksum mismatch"))
        .on("G1 X120 ", (m, c) -> {});
    send(moves(200));
    Future<Object> relay = relay();
    // The `ok` of X120 is lost: asking the printer for an answer takes five seconds.
    await()
        .until(
            () -> {
              time.forward(Duration.ofMillis(500));
              return relay.isDone();
            });
    relay.get();

    assertThat(marlin.executed("G1")).containsExactly(moves(200));
    assertThat(told()).hasSize(200).containsOnly("ok");
    assertThat(marlin.overruns).isZero();
  }

  @Test
  void shouldTellRepliesBeforeTheOkTheyBelongTo() throws Exception {
    send("M114", "M105", "M115");
    relay().get();
    assertThat(told())
        .containsSubsequence(
            "X:80.00 Y:40.50 Z:5.00 E:12.00 Count X:6400 Y:3240 Z:2000",
            "ok",
            "ok T:19.38 /0.00 B:19.38 /0.00 @:0 B@:0",
            "Cap:EMERGENCY_PARSER:1",
            "ok")
        .hasSize(7);
  }

  @Test
  void shouldLeaveAHostsFailedCommandToTheHostAndAPrinterThatStoppedToNobody() throws Exception {
    marlin
        .on(
            "G1 X2",
            (m, c) -> {
              m.say("!! Must home axis first");
              m.ok(c);
            })
        .on("G1 X4", (m, c) -> m.say("!! Printer is shutdown"));
    send("G1 X1", "G1 X2", "G1 X3");
    relay().get();
    assertThat(told()).containsExactly("ok", "!! Must home axis first", "ok", "ok");

    send("G1 X4");
    assertThatThrownBy(() -> relay().get()).hasCauseInstanceOf(PrinterHalted.class);
  }

  @Test
  void shouldWaitForDaysForAHostsCommandAndLetM108EndIt() throws Exception {
    marlin.on(
        "M0",
        (m, c) -> {
          while (!m.released("M108")) {
            m.say("echo:busy: paused for user");
          }
          m.ok(c);
        });
    send("M0", "G1 X1");
    Future<Object> relay = relay();
    await().until(() -> told().contains("echo:busy: paused for user"));
    for (int hour = 0; hour < 72; hour++) {
      time.forward(Duration.ofHours(1));
    }
    assertThat(relay.isDone()).isFalse();
    assertThat(marlin.executed("G1")).isEmpty();

    send("M108");
    await()
        .until(
            () -> {
              time.forward(Duration.ofMillis(100));
              return relay.isDone();
            });
    relay.get();
    assertThat(marlin.executed("G1")).containsExactly("G1 X1");
    assertThat(told().stream().filter("ok"::equals)).as("M0, G1, M108").hasSize(3);
  }

  @Test
  void shouldNotTakeAHostsHeatForItsOwn() throws Exception {
    send("M104 S200", "M140 S60");
    relay().get();
    await().until(() -> marlin.nozzleTarget == 200);
    link.close();
    assertThat(marlin.nozzleTarget).isEqualTo(200);
    assertThat(marlin.bedTarget).isEqualTo(60);
  }

  @Test
  void shouldNotEndAHostsCommandsForAnAbort() throws Exception {
    send(moves(50));
    Future<Object> relay = relay();
    link.abort();
    relay.get();
    assertThat(marlin.executed("G1")).hasSize(50);
  }

  @Test
  void shouldLetAHostSpeakWhileTheRelayWaits() throws Exception {
    send("M105");
    Future<Object> relay = relay();
    await().until(() -> told().size() == 1);
    send("G1 X1");
    await().until(() -> told().size() == 2);
    relay.get();
    assertThat(marlin.executed("G1")).hasSize(1);
  }

  @Test
  void shouldSettleWhatIsUnderWayAndReturnWhenHeld() throws Exception {
    send(moves(100));
    port.hold(true);
    relay().get();
    assertThat(marlin.executed("G1")).isEmpty();
    // The agent's own exchanges are none of the host's business.
    link.send("M114", Duration.ofSeconds(5));
    assertThat(told()).isEmpty();
    port.hold(false);
    relay().get();
    assertThat(marlin.executed("G1")).containsExactly(moves(100));
  }

  @Test
  void shouldTellAHostThatThePrinterRestarted() throws Exception {
    marlin.on("G1 X3 ", (m, c) -> m.reset());
    send(moves(20));
    Future<Object> relay = relay();
    assertThatThrownBy(relay::get).hasCauseInstanceOf(PrinterReset.class);
    await().until(() -> told().contains("Marlin 2.1.2"));
    assertThat(told()).containsSequence("ok", "start", "PowerUp", "Marlin 2.1.2");
    assertThat(port.peek()).isNull();
  }

  @Test
  void shouldStopThePrinterAtOnceForAHost() throws Exception {
    // Its `ok` is lost, so that the relay has something to wait for.
    marlin.on("G1 X3 ", (m, c) -> {});
    send(moves(20));
    Future<Object> relay = relay();
    await().until(() -> marlin.executed.contains("G1 X3 Y10"));
    send("M112");
    assertThatThrownBy(relay::get).hasCauseInstanceOf(PrinterHalted.class);
    port.halted();
    assertThat(told()).endsWith("Error:Printer halted. kill() called!");
    assertThatThrownBy(() -> link.urgent("M104 S0")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldAskForTemperaturesWhenNobodyElseDoes() throws Exception {
    send("M155 S0", "G1 X1");
    relay().get();
    time.forward(Duration.ofSeconds(11));
    send(moves(5));
    relay().get();
    assertThat(marlin.executed("M105")).hasSize(1);
    assertThat(told()).hasSize(7).containsOnly("ok");
  }

  @Test
  void shouldPassBytesThatAreNotAscii() throws Exception {
    send("M117 Grüße");
    relay().get();
    assertThat(marlin.executed("M117")).containsExactly("M117 Grüße");
  }
}
