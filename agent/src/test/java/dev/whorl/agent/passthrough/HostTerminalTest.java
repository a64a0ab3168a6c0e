package dev.whorl.agent.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whorl.hardware.HardwareException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTerminalTest {
  @TempDir Path dir;

  @Test
  void shouldMakeALinkInPlaceOfOneThatADeadAgentLeftAndRemoveItAgain() throws Exception {
    Path at = dir.resolve("printer");
    Files.createSymbolicLink(at, Path.of("/dev/pts/999999"));
    try (HostTerminal terminal = HostTerminal.open(at)) {
      assertThat(at.toRealPath()).isEqualTo(Path.of(terminal.terminal().address()));
      assertThat(Files.getPosixFilePermissions(at.toRealPath()))
          .as("for whoever may open serial ports, and nobody else")
          .contains(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE)
          .doesNotContain(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);
    }
    assertThat(Files.exists(at, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void shouldSayInOneLineWhyTheLinkCannotBeMadeAndLeaveWhatIsThere() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "somebody's");
    Path port = Files.createSymbolicLink(dir.resolve("by-id"), Path.of("/dev/ttyUSB0"));
    Path missing = dir.resolve("no/such/folder/printer");

    for (Path at : new Path[] {file, port, missing}) {
      assertThatThrownBy(() -> HostTerminal.open(at))
          .isInstanceOf(HardwareException.class)
          .hasMessageStartingWith("printer.passthrough: " + at + " cannot be made: ")
          .hasMessageNotContaining("\n");
    }
    assertThat(file).hasContent("somebody's");
    assertThat(Files.readSymbolicLink(port)).isEqualTo(Path.of("/dev/ttyUSB0"));
  }
}
