package dev.whorl.hardware.lamps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Lamps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LimitedLampsTest {
  private final List<String> done = new CopyOnWriteArrayList<>();

  private final Lamps wires =
      new Lamps() {
        @Override
        public void on(String lamp) {
          done.add(lamp);
        }

        @Override
        public void allOff() {
          done.add("off");
        }

        @Override
        public String describe() {
          return "wires";
        }

        @Override
        public void close() {
          done.add("closed");
        }
      };

  @Test
  void shouldPutOutALampThatStaysOnPastItsLimitAndSaySo() throws HardwareException {
    try (LimitedLamps lamps = new LimitedLamps(wires, Duration.ofMillis(20))) {
      lamps.on("n");
      await().until(() -> done.contains("off"));

      assertThatThrownBy(lamps::allOff)
          .isInstanceOf(HardwareException.class)
          .hasMessageContaining("lamp n was put out")
          .hasMessageContaining("lamps.max_on_s");
      assertThatCode(lamps::allOff).as("told once").doesNotThrowAnyException();
    }
  }

  @Test
  void shouldLetALampBePutOutInTime() throws HardwareException {
    try (LimitedLamps lamps = new LimitedLamps(wires, Duration.ofMinutes(5))) {
      lamps.on("n");
      lamps.allOff();
      lamps.on("e");
      lamps.allOff();
    }
    assertThat(done).containsExactly("n", "off", "e", "off", "closed");
  }
}
