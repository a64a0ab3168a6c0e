package dev.whorl.bench.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.bench.feature.MeasurementModel.PloughMap;
import dev.whorl.bench.fleet.FleetMachine;
import dev.whorl.bench.fleet.Protocol;
import dev.whorl.bench.fleet.Visit;
import dev.whorl.sim.machine.PrinterModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementFitTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final MeasurementModel SHIPPED = MeasurementJson.shipped();

  private static List<Example> drawn(int machines) {
    FeatureCoupons coupons = new FeatureCoupons(SHIPPED, START);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < machines; i++) {
      FleetMachine machine =
          new FleetMachine(FleetMachine.Set.TRAINING, i, 77, PrinterModel.MENDEL);
      for (Visit visit : Protocol.training()) {
        coupons
            .make(machine, visit)
            .ifPresent(fingerprint -> examples.add(Example.of(machine, visit, fingerprint)));
      }
    }
    return examples;
  }

  @Test
  void shouldFindTheModelThatCouponsWereDrawnFrom() {
    MeasurementModel found = MeasurementFit.fit(drawn(16), 0);

    double[][] gain = found.first().gain();
    for (int j = 0; j < gain.length; j++) {
      int own = own(SHIPPED.first().wavesMm(), SHIPPED.first().periodsMm()[j / 2], j % 2);
      if (own >= 0) {
        assertThat(gain[j][own]).isCloseTo(SHIPPED.first().gain()[j][own], within(0.35));
      }
    }
    PloughMap plough = found.plough();
    assertThat(plough.repeated()).isCloseTo(SHIPPED.plough().repeated(), within(0.2));
    assertThat(rms(plough.sd())).isCloseTo(rms(SHIPPED.plough().sd()), within(0.002));
    assertThat(found.fittedOn().machines()).isEqualTo(16);
    assertThat(found.fittedOn().simulated()).isTrue();
  }

  private static int own(double[] waves, double period, int part) {
    for (int w = 0; w < waves.length; w++) {
      if (Math.abs(waves[w] - period) < 1e-6 && period < 5) {
        return 2 * w + part;
      }
    }
    return -1;
  }

  private static double rms(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value / values.length;
    }
    return Math.sqrt(sum);
  }

  @Test
  void shouldReadWhatItWrites() throws Exception {
    byte[] json = MeasurementJson.write(SHIPPED);

    assertThat(MeasurementJson.write(MeasurementJson.read(json))).isEqualTo(json);
  }

  @Test
  void shouldRefuseToFitOnAHandful() {
    List<Example> few = drawn(2);

    assertThatThrownBy(() -> MeasurementFit.fit(few, 0)).hasMessageContaining("needs 12 coupons");
  }
}
