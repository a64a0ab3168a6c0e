package dev.whorl.hardware.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;
import dev.whorl.hardware.RelaySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRelayTest {
  @TempDir Path dir;

  private Relay relay(String script) throws HardwareException {
    return Bench.openRelay(
        new RelaySettings("command", List.of("sh", "-c", script, "relay", "{power}")));
  }

  @Test
  void shouldRunTheProgramWithOffAndOn() throws Exception {
    Path said = dir.resolve("said");
    try (Relay relay = relay("echo power $1 >> " + said)) {
      relay.powerOff();
      relay.powerOn();
      assertThat(relay.present()).isTrue();
    }

    assertThat(Files.readAllLines(said)).containsExactly("power off", "power on");
  }

  @Test
  void shouldTryToCutOnceMoreBeforeGivingUp() throws Exception {
    Path tried = dir.resolve("tried");
    try (Relay relay = relay("test -e " + tried + " || { touch " + tried + "; exit 1; }")) {
      relay.powerOff();
    }

    try (Relay relay = relay("echo no such socket; exit 7")) {
      assertThatThrownBy(relay::powerOff)
          .isInstanceOf(HardwareException.class)
          .hasMessageStartingWith("relay.command: `sh -c")
          .hasMessageEndingWith("ended with exit code 7; it said: no such socket");
    }
  }

  @Test
  void shouldSayThatThereIsNone() throws Exception {
    try (Relay relay = Bench.openRelay(new RelaySettings("none", List.of()))) {
      assertThat(relay.present()).isFalse();
      assertThatThrownBy(relay::powerOff).hasMessageContaining("no relay");
    }
    assertThatThrownBy(() -> Bench.openRelay(new RelaySettings("gpio", List.of())))
        .hasMessageContaining("use \"command\" meanwhile");
    assertThatThrownBy(() -> new CommandRelay(List.of("socket"))).hasMessageContaining("{power}");
  }
}
