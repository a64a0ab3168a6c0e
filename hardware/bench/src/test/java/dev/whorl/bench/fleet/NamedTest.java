package dev.whorl.bench.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.fingerprint.compare.Event;
import dev.whorl.sim.machine.Service;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedTest {
  @Test
  void shouldCountEachKindByItself() {
    Named named =
        Named.of(
            List.of(
                MadeTrial.named(0, 0, null, Event.NONE),
                MadeTrial.named(1, 1, Service.BELT_X, Event.BELT_RETENSIONED),
                MadeTrial.named(2, 2, Service.BELT_Y, Event.NONE),
                MadeTrial.named(3, 3, Service.EXTRUDER, Event.TOOLHEAD_CHANGED),
                MadeTrial.named(4, 5, Service.NOZZLE, Event.OTHER_PRINTER)));

    assertThat(named.right(Event.NONE)).isEqualTo(1);
    assertThat(named.right(Event.BELT_RETENSIONED)).isEqualTo(0.5);
    assertThat(named.right(Event.TOOLHEAD_CHANGED)).isEqualTo(1);
    assertThat(named.right(Event.OTHER_PRINTER)).isEqualTo(1);
    assertThat(named.right(Event.NOZZLE_CHANGED)).isNaN();
    assertThat(named.right()).isEqualTo(3.5 / 4);
  }
}
