package dev.whorl.sim.printer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whorl.sim.faults.Faults;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {

  @TempDir private Path folder;

  private Bench bench(String faults) throws Exception {
    return new Bench(folder, Setup.plain().withFaults(Faults.parse(faults, 7)));
  }

  @Test
  void shouldAskAgainForALineCorruptedOnItsWay() throws Exception {
    try (Bench bench = bench("corrupt-in=1")) {
      for (int i = 0; i < 5; i++) {
        bench.host.say(Host.numbered(1, "G92 E0"));
      }
      assertThat(bench.host.until("Resend")).last().isEqualTo("Resend: 1");
      assertThat(bench.executed).isEmpty();
    }
  }

  @Test
  void shouldRefuseAFaultThatItDoesNotKnow() {
    assertThatThrownBy(() -> Faults.parse("corrupt=0.1,gremlin=1", 0))
        .hasMessageStartingWith("there is no fault gremlin=1; there is corrupt=P, ");
    assertThatThrownBy(() -> Faults.parse("corrupt=2", 0))
        .hasMessage("fault corrupt=2 needs a probability from 0 to 1, as in corrupt=0.01");
  }
}
