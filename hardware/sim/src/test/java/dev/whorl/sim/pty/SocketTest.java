package dev.whorl.sim.pty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whorl.gcode.SerialLine;
import dev.whorl.hardware.serial.SerialLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketTest {

  @TempDir private Path folder;

  @Test
  void shouldTakeThePortAwayAndBringAnotherUnderTheSameLink() throws Exception {
    Path link = folder.resolve("printer");
    try (Socket socket = Socket.open(link)) {
      SerialLine before = SerialLines.open(link.toString(), 115200);
      socket.unplug();
      assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
      assertThat(socket.read(new byte[8], 1)).isZero();
      socket.write(new byte[8]);
      assertThatThrownBy(() -> before.read(new byte[8], 1000)).isInstanceOf(IOException.class);
      before.close();
      socket.plug();
      SerialLine after = SerialLines.open(link.toString(), 115200);
      after.write("M105\n".getBytes(StandardCharsets.US_ASCII), 0, 5);
      assertThat(socket.read(new byte[8], 5000)).isEqualTo(5);
      after.close();
    }
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }
}
