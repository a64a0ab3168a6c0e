package dev.whorl.bench.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SurfaceBenchTest {
  @Test
  void shouldTellThePrinterFromATurnedCameraAndRefuseADeadLampWithItsName() {
    List<Disturbance> two =
        Disturbance.all().stream()
            .filter(d -> d.name().startsWith("turned") || d.name().startsWith("one lamp"))
            .toList();

    List<Effect> effects = new SurfaceBench(1, 501, two).run();

    assertThat(effects).extracting(Effect::disturbance).hasSize(2);
    assertThat(effects.get(0).refusals()).isEmpty();
    assertThat(effects.get(0).genuine())
        .singleElement()
        .satisfies(lr -> assertThat(lr).isGreaterThan(2));
    assertThat(effects.get(1).genuine()).isEmpty();
    assertThat(effects.get(1).refusals()).singleElement().asString().contains("lamp");
  }
}
