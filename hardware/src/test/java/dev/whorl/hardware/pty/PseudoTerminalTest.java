package dev.whorl.hardware.pty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whorl.gcode.SerialLine;
import dev.whorl.hardware.serial.SerialLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PseudoTerminalTest {

  private final PseudoTerminal terminal;
  @TempDir Path dir;

  PseudoTerminalTest() throws IOException {
    terminal = PseudoTerminal.open();
  }

  @AfterEach
  void close() {
    terminal.close();
  }

  private String read() {
    StringBuilder got = new StringBuilder();
    byte[] buffer = new byte[256];
    await()
        .until(
            () -> {
              int count = terminal.read(buffer, 50);
              got.append(new String(buffer, 0, count, US_ASCII));
              return count == 0 && !got.isEmpty();
            });
    return got.toString();
  }

  private boolean isAttendedOnceRead() throws IOException {
    byte[] buffer = new byte[256];
    while (terminal.read(buffer, 30) > 0) {
      assertThat(terminal.isAttended()).isTrue();
    }
    // The first may have been woken by an opening or a closing.
    terminal.read(buffer, 30);
    return terminal.isAttended();
  }

  @Test
  void shouldCarryBytesToAProgramThatOpensIt() throws Exception {
    try (SerialLine host = SerialLines.open(terminal.address(), 115200)) {
      host.write("M105\n".getBytes(US_ASCII), 0, 5);
      assertThat(read()).isEqualTo("M105\n");

      assertThat(terminal.write("ok\n".getBytes(US_ASCII))).isEqualTo(3);
      byte[] buffer = new byte[16];
      assertThat(host.read(buffer, 5000)).isEqualTo(3);
    }
  }

  @Test
  void shouldKeepWhatAProgramWroteThatClosedAtOnce() throws Exception {
    try (OutputStream raw = Files.newOutputStream(Path.of(terminal.address()))) {
      raw.write("G28\nG1 X1\n".getBytes(US_ASCII));
    }
    assertThat(read()).isEqualTo("G28\nG1 X1\n");
  }

  @Test
  void shouldNotEchoWhatItWrites() throws Exception {
    terminal.write("ok\n".getBytes(US_ASCII));
    try (OutputStream raw = Files.newOutputStream(Path.of(terminal.address()))) {
      raw.write("M105\n".getBytes(US_ASCII));
    }
    assertThat(read()).isEqualTo("M105\n");
  }

  @Test
  void shouldNeverWaitForAProgramThatDoesNotRead() throws Exception {
    byte[] block = new byte[4096];
    int[] taken = {0};
    // The kernel makes room behind the scenes once or twice.
    await()
        .until(
            () -> {
              taken[0] += terminal.write(block);
              return !terminal.awaitRoom(20);
            });
    assertThat(taken[0]).isPositive().isLessThan(200_000);
    assertThat(terminal.write(block)).isZero();
  }

  @Test
  void shouldThrowAwayWhatNobodyRead() throws Exception {
    terminal.write("stale\n".getBytes(US_ASCII));
    terminal.discardUnread();
    terminal.write("ok\n".getBytes(US_ASCII));

    try (var raw = Files.newInputStream(Path.of(terminal.address()))) {
      assertThat(new String(raw.readNBytes(3), US_ASCII)).isEqualTo("ok\n");
    }
  }

  @Test
  void shouldKnowWhetherAnyProgramHasItOpen() throws Exception {
    assertThat(terminal.isAttended()).isFalse();
    try (OutputStream first = Files.newOutputStream(Path.of(terminal.address()))) {
      assertThat(terminal.isAttended()).isTrue();
      try (OutputStream second = Files.newOutputStream(Path.of(terminal.address()))) {
        second.write('\n');
        assertThat(terminal.isAttended()).isTrue();
      }
      assertThat(isAttendedOnceRead()).isTrue();
    }
    assertThat(isAttendedOnceRead()).isFalse();
  }

  @Test
  void shouldNotTakeWhatTheLastOneLeftForSomebodyNew() throws Exception {
    try (OutputStream raw = Files.newOutputStream(Path.of(terminal.address()))) {
      raw.write("G1 X1\n".repeat(300).getBytes(US_ASCII));
    }
    assertThat(isAttendedOnceRead()).isFalse();
  }

  @Test
  void shouldKnowTheOneWhoSpeaksThoughTwoOpenedAtOnce() throws Exception {
    OutputStream first = Files.newOutputStream(Path.of(terminal.address()));
    try (OutputStream second = Files.newOutputStream(Path.of(terminal.address()))) {
      first.close();
      assertThat(isAttendedOnceRead()).as("two openings came as one event").isFalse();
      second.write("M105\n".getBytes(US_ASCII));
      read();
      assertThat(terminal.isAttended()).isTrue();
    }
  }

  @Test
  void shouldRefuseToReadOnceClosed() {
    terminal.close();
    terminal.close();
    assertThatThrownBy(() -> terminal.read(new byte[4], 10)).isInstanceOf(IOException.class);
    assertThat(terminal.isAttended()).isFalse();
  }

  @Test
  void shouldPointALinkAtItAndReplaceAnOldOne() throws Exception {
    Path at = dir.resolve("printer");
    try (PortLink old = PortLink.make(at, Path.of("/dev/pts/nothing"));
        PortLink link = PortLink.make(at, Path.of(terminal.address()))) {
      old.close();
      assertThat(Files.readSymbolicLink(link.path())).hasToString(terminal.address());
    }
    assertThat(Files.exists(at, java.nio.file.LinkOption.NOFOLLOW_LINKS)).isFalse();
    Files.createFile(at);
    assertThatThrownBy(() -> PortLink.make(at, Path.of(terminal.address())))
        .hasMessageContaining("exists and is no link");
  }
}
