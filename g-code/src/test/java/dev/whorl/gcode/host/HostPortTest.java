package dev.whorl.gcode.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.ReplyParser;
import dev.whorl.gcode.link.Temperatures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostPortTest {

  private static final Temperatures COLD = new Temperatures(21, 0, 20, 0, 0, 0);

  private long nowNanos = 1_000_000_000L;
  private final HostPort port = new HostPort(() -> nowNanos);
  private int number = 100;

  private List<String> send(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return port.received(bytes, bytes.length);
  }

  private void sendNumbered(int line, String command) {
    String body = "N" + line + " " + command;
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      sum ^= body.charAt(i);
    }
    send(body + "*" + sum + "\n");
  }

  /** What the host reads now. */
  private List<String> told() {
    StringBuilder text = new StringBuilder();
    for (byte[] next = port.output(); next.length > 0; next = port.output()) {
      text.append(new String(next, StandardCharsets.ISO_8859_1));
      port.wrote(next.length);
    }
    return text.isEmpty() ? List.of() : List.of(text.toString().split("\n"));
  }

  /** Sends everything that is offered, as the link would with an endless window. */
  private List<String> takeAll() {
    List<String> taken = new ArrayList<>();
    for (String command = port.peek(); command != null; command = port.peek()) {
      taken.add(command);
      port.taken(++number);
    }
    return taken;
  }

  private void settle(int upTo, String text) {
    port.settled(upTo, (Reply.Ok) ReplyParser.parse(text));
  }

  private void hear(String line) {
    port.heard(ReplyParser.parse(line));
  }

  private void pass(double seconds) {
    nowNanos += (long) (seconds * 1e9);
  }

  // ---- What goes through.

  @Test
  void shouldAcknowledgeACommandWhenThePrinterDid() {
    send("G28\n");
    assertThat(takeAll()).containsExactly("G28");
    assertThat(told()).isEmpty();

    settle(101, "ok N101 P15 B3");

    assertThat(told()).containsExactly("ok");
  }

  @Test
  void shouldTellTheRepliesOfACommandBeforeItsOk() {
    send("M119\nM105\n");
    takeAll();
    hear("Reporting endstop status");
    hear("x_min: open");
    settle(101, "ok");
    settle(102, "ok T:21.50 /0.00 B:20.00 /0.00 @:0 B@:0");

    assertThat(told())
        .containsExactly(
            "Reporting endstop status",
            "x_min: open",
            "ok",
            "ok T:21.50 /0.00 B:20.00 /0.00 @:0 B@:0");
  }

  @Test
  void shouldTakeNumbersAndChecksumsOff() {
    sendNumbered(-1, "M110");
    sendNumbered(0, "G28 X");
    sendNumbered(1, "M117 a*b");

    assertThat(takeAll()).containsExactly("G28 X", "M117 a");
    settle(102, "ok");
    assertThat(told()).containsExactly("ok", "ok", "ok");
  }
}
