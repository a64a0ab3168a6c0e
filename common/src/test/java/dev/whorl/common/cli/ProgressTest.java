package dev.whorl.common.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void shouldPrintALinePerTenthAndPerMessage() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Progress progress = Progress.lines(new PrintStream(out, true, UTF_8), "print", 1000)) {
      progress.message("heating");
      progress.message("heating");
      progress.to(1);
      progress.to(99);
      progress.step(1);
      progress.to(5000);
    }
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "print 0 %: heating",
            "print 0 %: heating", "print 10 %: heating", "print 100 %: heating");
  }

  @Test
  void shouldTellTheTimeLeftOnceItCanBeTold() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long[] nanos = {0};
    try (Progress progress =
        Progress.lines(new PrintStream(out, true, UTF_8), "print", 10, () -> nanos[0])) {
      nanos[0] = 20_000_000_000L;
      progress.step(1);
      nanos[0] = 60_000_000_000L;
      progress.step(1);
      nanos[0] = 6_000_000_000_000L;
      progress.step(1);
      progress.step(7);
    }
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "print 10 %",
            "print 20 %, about 4 min left", "print 30 %, about 3.9 h left", "print 100 %");
  }
}
