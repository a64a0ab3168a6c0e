package dev.whorl.fingerprint.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.SyntheticPrinter;
import dev.whorl.fingerprint.compare.ScoreModels.FittedOn;
import dev.whorl.fingerprint.compare.ScoreModels.Scale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreModelsTest {
  private static final ScoreModels SOME =
      new ScoreModels(
          new FittedOn("twelve printers of a school", 12, 60, false, "whorl-2"),
          2,
          Map.of("nozzle", new Scale(0.8, -0.2, 0)),
          new Scale(1.2, -1, -0.5));

  @Test
  void shouldComeBackFromTheirFileAsTheyWere() throws Exception {
    assertThat(ScoreModelsJson.read(ScoreModelsJson.write(SOME))).isEqualTo(SOME);
  }

  @Test
  void shouldSayOnWhatTheShippedOnesWereFitted() {
    assertThat(ScoreModels.shipped().fittedOn().text()).isNotBlank();
    assertThat(ScoreModels.shipped().ratesFactor()).isEqualTo(1);
  }

  @Test
  void shouldRefuseWhatIsNotTheirFileInOneLine() {
    String whole = new String(ScoreModelsJson.write(SOME), StandardCharsets.UTF_8);
    for (String broken :
        new String[] {
          "",
          "[]",
          "{\"v\":2}",
          whole.replace("\"slope\" : 1.2", "\"slope\" : -1"),
          whole.replace("\"slope\" : 1.2", "\"slop\" : 1.2"),
          whole.replace("\"rates_factor\" : 2.0", "\"rates_factor\" : 0")
        }) {
      assertThatThrownBy(() -> ScoreModelsJson.read(broken.getBytes(StandardCharsets.UTF_8)))
          .as(broken)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("not score models")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void shouldScaleAComponentAndAllTogether() {
    SyntheticPrinter printer = new SyntheticPrinter(7);
    var first = printer.measure(Duration.ZERO);
    var second = printer.measure(Duration.ofDays(9));
    Comparison plain = Comparer.compare(first, second, ScoreModels.unscaled());
    Scale up = new Scale(1, 2, 0);
    Comparison nozzle = Comparer.compare(first, second, scaled(Map.of("nozzle", up), Scale.NONE));
    Comparison aged = Comparer.compare(first, second, scaled(Map.of(), new Scale(1, 0, -3)));

    double nozzleBefore = plain.components().get("nozzle").log10Lr();
    assertThat(nozzle.components().get("nozzle").log10Lr())
        .isCloseTo(nozzleBefore + 2, within(1e-9));
    assertThat(nozzle.log10Lr()).isCloseTo(plain.log10Lr() + 2, within(0.05));
    assertThat(aged.log10Lr()).isCloseTo(plain.log10Lr() - 3, within(1e-6));
  }

  @Test
  void shouldSayHowMuchHangsOnTheRatesOfChange() {
    SyntheticPrinter printer = new SyntheticPrinter(7);
    var first = printer.measure(Duration.ZERO);
    printer.changeNozzle();
    Comparison comparison = Comparer.compare(first, printer.measure(Duration.ofDays(9)));

    assertThat(comparison.log10LrHigh() - comparison.log10LrLow()).isBetween(0.3, 1.3);
    assertThat(comparison.log10Lr()).isBetween(comparison.log10LrLow(), comparison.log10LrHigh());
  }

  private static ScoreModels scaled(Map<String, Scale> components, Scale fused) {
    return new ScoreModels(ScoreModels.unscaled().fittedOn(), 1, components, fused);
  }
}
