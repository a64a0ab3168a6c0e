package dev.whorl.hardware.serial;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whorl.gcode.LineLostException;
import dev.whorl.gcode.SerialLine;
import dev.whorl.hardware.HardwareException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DeviceLineTest {

  private final FarEnd pty = new FarEnd();
  @TempDir Path dir;

  @AfterEach
  void close() {
    pty.close();
  }

  private String readFromPty(int characters) {
    StringBuilder got = new StringBuilder();
    await().until(() -> got.append(pty.read(50)).length() >= characters);
    return got.toString();
  }

  private static String read(SerialLine line, int characters) {
    StringBuilder got = new StringBuilder();
    byte[] buffer = new byte[64];
    await()
        .until(
            () ->
                got.append(new String(buffer, 0, line.read(buffer, 50), US_ASCII)).length()
                    >= characters);
    return got.toString();
  }

  @Test
  void shouldCarryBytesBothWaysUnchanged() throws Exception {
    try (SerialLine line = SerialLines.open(pty.path().toString(), 115200)) {
      byte[] command = "xxN1 M105*38\nxx".getBytes(US_ASCII);
      line.write(command, 2, command.length - 4);
      assertThat(readFromPty(11)).isEqualTo("N1 M105*38\n");

      pty.write("ok T:19.38 /0.00\r\n");
      assertThat(read(line, 18)).isEqualTo("ok T:19.38 /0.00\r\n");
    }
  }

  @Test
  void shouldReturnWithoutBytesWhenNothingComes() throws Exception {
    try (SerialLine line = SerialLines.open(pty.path().toString(), 115200)) {
      assertThat(line.read(new byte[16], 20)).isZero();
    }
  }

  @Test
  void shouldFollowALinkAnewAtEveryOpen() throws Exception {
    Path link = dir.resolve("printer");
    Files.createSymbolicLink(link, pty.path());
    try (SerialLine line = SerialLines.open(link.toString(), 115200)) {
      assertThat(line.name()).isEqualTo(link.toString());
      line.write("a\n".getBytes(US_ASCII), 0, 2);
      assertThat(readFromPty(2)).isEqualTo("a\n");
    }
    try (FarEnd other = new FarEnd()) {
      Files.delete(link);
      Files.createSymbolicLink(link, other.path());
      try (SerialLine line = SerialLines.open(link.toString(), 250000)) {
        other.write("start\n");
        assertThat(read(line, 6)).isEqualTo("start\n");
      }
    }
  }

  @Test
  void shouldTakeUnusualSpeeds() throws Exception {
    try (SerialLine line = SerialLines.open(pty.path().toString(), 115200)) {
      line.setBaud(250000);
      line.setBaud(57600);
      pty.write("ok\n");
      assertThat(read(line, 3)).isEqualTo("ok\n");
    }
  }

  @Test
  void shouldTellTheReaderWhenTheCableIsPulled() throws Exception {
    try (SerialLine line = SerialLines.open(pty.path().toString(), 115200)) {
      pty.close();
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> line.read(new byte[16], 20))
                      .isInstanceOf(LineLostException.class)
                      .hasMessageContaining("unplugged"));
      assertThatThrownBy(() -> line.write(new byte[] {10}, 0, 1))
          .isInstanceOf(LineLostException.class);
    }
  }

  @Test
  void shouldEndAWriteThatTheFarEndDoesNotTakeWhenClosed() throws Exception {
    SerialLine line = SerialLines.open(pty.path().toString(), 115200);
    // Nobody reads the master: the kernel's buffer fills and the write blocks.
    CompletableFuture<Void> write =
        CompletableFuture.runAsync(
            () -> {
              byte[] block = new byte[4096];
              try {
                while (true) {
                  line.write(block, 0, block.length);
                }
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            },
            task -> new Thread(task, "writer").start());
    assertThatThrownBy(() -> write.get(500, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);

    line.close();

    assertThatThrownBy(() -> write.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(LineLostException.class);
  }

  @Test
  void shouldSayThatThereIsNoSuchPort() {
    assertThatThrownBy(() -> SerialLines.open(dir + "/ttyUSB7", 115200))
        .isInstanceOf(HardwareException.class)
        .hasMessage(dir + "/ttyUSB7: no such port: is the printer plugged in and switched on?");
  }

  @Test
  void shouldSayThatALinkLeadsNowhere() throws Exception {
    Path link = dir.resolve("printer");
    Files.createSymbolicLink(link, dir.resolve("gone"));
    assertThatThrownBy(() -> SerialLines.open(link.toString(), 115200))
        .isInstanceOf(HardwareException.class)
        .hasMessageContaining("no such port");
  }

  @Test
  void shouldRefuseAFileThatIsNoPort() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));
    assertThatThrownBy(() -> SerialLines.open(file.toString(), 115200))
        .isInstanceOf(HardwareException.class)
        .hasMessageContaining("not a serial port");
    assertThatThrownBy(() -> SerialLines.open("/dev/null", 115200))
        .isInstanceOf(HardwareException.class)
        .hasMessageContaining("not a serial port");
  }

  @Test
  void shouldSayThatThisProgramHoldsThePort() throws Exception {
    try (SerialLine line = SerialLines.open(pty.path().toString(), 115200)) {
      assertThatThrownBy(() -> SerialLines.open(line.name(), 115200))
          .isInstanceOf(HardwareException.class)
          .hasMessage(line.name() + ": taken by this very program: close it first");
    }
  }

  @Test
  void shouldNameTheProgramThatHoldsThePort() throws Exception {
    Process other = new ProcessBuilder("flock", "-x", pty.path().toString(), "sleep", "30").start();
    try {
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> SerialLines.open(pty.path().toString(), 115200).close())
                      .isInstanceOf(HardwareException.class)
                      .hasMessage(
                          "%s: taken by flock (process %d): close it first"
                              .formatted(pty.path(), other.pid())));
    } finally {
      other.descendants().forEach(ProcessHandle::destroy);
      other.destroy();
    }
  }

  @Test
  void shouldRefuseToReadOnceClosed() throws Exception {
    SerialLine line = SerialLines.open(pty.path().toString(), 115200);
    line.close();
    line.close();
    assertThatThrownBy(() -> line.read(new byte[16], 20)).isInstanceOf(LineLostException.class);
  }
}
