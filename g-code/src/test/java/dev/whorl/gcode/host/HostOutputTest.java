package dev.whorl.gcode.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HostOutputTest {
  private final HostOutput output = new HostOutput();

  @Test
  void shouldGoOnWhereAWriteLeftOff() {
    output.say("first");
    output.say("second");
    assertThat(next()).isEqualTo("first\nsecond\n");
    output.wrote(8);

    assertThat(next()).isEqualTo("cond\n");
    output.wrote(5);
    assertThat(output.isEmpty()).isTrue();
    assertThat(next()).isEmpty();
  }

  @Test
  void shouldLoseNothingNewWhenAHostLeftWhileItWasWrittenTo() {
    output.say("for the one who left");
    next();
    output.clear();
    output.say("for the next one");
    output.wrote(21);

    assertThat(next()).isEqualTo("for the next one\n");
  }

  @Test
  void shouldSayNothingAfterAHostLeftWhileItWasWrittenTo() {
    output.say("ok");
    next();
    output.clear();
    output.wrote(3);

    assertThat(next()).isEmpty();
  }

  @Test
  void shouldNotDropWhatIsBeingWritten() {
    output.say("echo:on the way");
    assertThat(next()).isEqualTo("echo:on the way\n");
    String long64 = "echo:" + "x".repeat(59);
    for (int i = 0; i < HostOutput.MOST_BYTES / 64; i++) {
      output.say(long64);
    }
    output.wrote(5);

    assertThat(next()).startsWith("on the way\necho:x");
  }

  private String next() {
    return new String(output.next(), StandardCharsets.ISO_8859_1);
  }
}
