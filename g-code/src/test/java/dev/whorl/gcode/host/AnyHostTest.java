package dev.whorl.gcode.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.ReplyParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts by the seed: what they send comes in any pieces, damaged, or is no G-code at all. */
class AnyHostTest {

  private final HostPort port = new HostPort(() -> 0);
  private final List<String> taken = new ArrayList<>();
  private final StringBuilder told = new StringBuilder();
  private int number;
  private int settled;

  /** The link takes and settles some, and the host reads. */
  private void go(SplittableRandom random) {
    for (String c = port.peek(); c != null && random.nextInt(4) > 0; c = port.peek()) {
      taken.add(c);
      port.taken(++number);
    }
    if (settled < number) {
      settled = random.nextInt(settled, number) + 1;
      port.settled(settled, (Reply.Ok) ReplyParser.parse("ok"));
    }
    byte[] next = port.output();
    told.append(new String(next, StandardCharsets.ISO_8859_1));
    port.wrote(next.length);
  }

  private void send(String text, SplittableRandom random) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 0; at < bytes.length; ) {
      int count = Math.min(bytes.length - at, random.nextInt(1, 40));
      port.received(java.util.Arrays.copyOfRange(bytes, at, at + count), count);
      at += count;
      if (random.nextBoolean()) {
        go(random);
      }
    }
  }

  private static String numbered(int line, String command) {
    String body = "N" + line + " " + command;
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      sum ^= body.charAt(i);
    }
    return body + "*" + sum + "\n";
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldGiveThePrinterEveryCommandOnceAndInOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> program = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      program.add("G1 X" + random.nextInt(200) + " Y" + i);
    }
    send("M110 N0\n", random);
    // A host that waits for each `ok` and goes back where it is asked to.
    int next = 0;
    for (int turns = 0; next < program.size() && turns < 20_000; turns++) {
      String line = numbered(next + 1, program.get(next));
      if (random.nextInt(10) == 0 && next < program.size() - 1) {
        int at = random.nextInt(line.length() - 1);
        line = line.substring(0, at) + (char) ('!' + random.nextInt(90)) + line.substring(at + 1);
      }
      told.setLength(0);
      send(line, random);
      for (int wait = 0; wait < 100 && told.indexOf("ok") < 0; wait++) {
        go(random);
      }
      int resend = told.indexOf("Resend: ");
      if (resend >= 0) {
        next = Integer.parseInt(told.substring(resend + 8, told.indexOf("\n", resend))) - 1;
      } else if (told.indexOf("ok") >= 0) {
        next++;
      }
    }
    assertThat(next).isEqualTo(program.size());
    assertThat(taken.stream().filter(program::contains)).isEqualTo(program);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldSurviveAnythingAtAll(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] noise = new byte[4096];
    String letters = "GMNT0123456789.*- \n;M112M108M110N-1\u00ff\u0000";
    for (int i = 0; i < 200; i++) {
      for (int at = 0; at < noise.length; at++) {
        noise[at] =
            (byte)
                (i % 2 == 0
                    ? random.nextInt(256)
                    : letters.charAt(random.nextInt(letters.length())));
      }
      port.received(noise, noise.length);
      port.hold(random.nextInt(8) == 0);
      port.tick(null);
      go(random);
    }
    port.hold(false);
    told.setLength(0);
    port.restarted();
    send("\nM105\n", random);
    for (int i = 0; i < 100; i++) {
      go(random);
    }
    assertThat(told.toString()).startsWith("start\n").endsWith("\nok\n");
    assertThat(taken).endsWith("M105");
  }
}
