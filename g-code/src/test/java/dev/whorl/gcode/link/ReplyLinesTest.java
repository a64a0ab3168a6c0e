package dev.whorl.gcode.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyLinesTest {

  private final List<String> lines = new ArrayList<>();
  private final ReplyLines cutter = new ReplyLines(lines::add);

  private void accept(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    cutter.accept(bytes, bytes.length);
  }

  @Test
  void shouldJoinALineThatComesInPieces() {
    accept("ok T:1");
    accept("9.3");
    assertThat(lines).isEmpty();
    accept("8\nwa");
    accept("it\n");
    assertThat(lines).containsExactly("ok T:19.38", "wait");
  }

  @Test
  void shouldEndALineAtEitherMark() {
    accept("ok\r\nok\rok\n\n\r\n");
    assertThat(lines).containsExactly("ok", "ok", "ok");
  }

  @Test
  void shouldDropNullBytes() {
    accept("\0start\n\0\0o\0k\n");
    assertThat(lines).containsExactly("start", "ok");
  }

  @Test
  void shouldTakeEveryByteAsLatin1() {
    accept("\u00b5\u00ff\n");
    assertThat(lines).containsExactly("\u00b5\u00ff");
  }

  @Test
  void shouldKeepTheBeginningAloneOfALineWithoutEnd() {
    for (int i = 0; i < 10_000; i++) {
      accept("x".repeat(1000));
    }
    accept("\nok\n");
    assertThat(lines).containsExactly("x".repeat(ReplyLines.LONGEST), "ok");
  }

  @Test
  void shouldReadNoFurtherThanTheCount() {
    cutter.accept("ok\nresend\n".getBytes(ISO_8859_1), 3);
    assertThat(lines).containsExactly("ok");
  }
}
