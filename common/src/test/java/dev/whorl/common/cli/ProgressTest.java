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
}
