package dev.whorl.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.MeshComponent;
import dev.whorl.fingerprint.Resonance;
import dev.whorl.fingerprint.SyntheticPrinter;
import dev.whorl.fingerprint.VibrationComponent;
import dev.whorl.fingerprint.compare.Comparer;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.ScoreModels;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);

  private final SyntheticPrinter printer = new SyntheticPrinter(3);
  private final Fingerprint enrolled = printer.measure(Duration.ZERO);

  @Test
  void shouldSayWhatWasDecidedAboveWhatEveryComponentSaid() {
    printer.changeNozzle();
    Fingerprint probe = printer.measure(Duration.ofDays(30));
    Comparison comparison = Comparer.compare(enrolled, probe, ScoreModels.shipped());

    String page = ReportPage.of(probe, Map.of(), new Judged(enrolled, comparison));

    assertThat(page)
        .containsSubsequence(
            "its nozzle was changed",
            "taken at " + enrolled.time(),
            "<th scope=\"row\">nozzle<td class=\"number\">-",
            "<th scope=\"row\">axis_x<td class=\"number\">+");
  }

  @Test
  void shouldDrawEachComponentOfBothFingerprintsAsWellFormedPictures() throws Exception {
    Fingerprint probe = heard(printer.measure(Duration.ofDays(1)));
    Comparison comparison = Comparer.compare(heard(enrolled), probe, ScoreModels.shipped());

    String page = ReportPage.of(probe, Map.of(), new Judged(heard(enrolled), comparison));

    List<String> charts = charts(page);
    assertThat(charts)
        .extracting(ReportPageTest::title)
        .startsWith("0\u00b0", "45\u00b0", "90\u00b0", "135\u00b0", "180\u00b0")
        .contains("Pulley", "Tooth and motor", "Swing along X", "Swing along Y")
        .contains("Extruder's gear", "Skew, and scale along X", "Heard along X")
        .contains("Bed, row 1 from the front", "Bed, row 5 from the front")
        .doesNotContain("Heard along Y");
    assertThat(charts)
        .allSatisfy(chart -> assertThat(chart).contains(" probe\"").contains(" earlier\""));
    for (String chart : charts) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(chart.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void shouldDrawOneLineWhereNothingWasCompared() {
    String page = ReportPage.of(enrolled, Map.of(), null);

    assertThat(charts(page)).isNotEmpty().noneSatisfy(c -> assertThat(c).contains(" earlier\""));
    assertThat(page).doesNotContain("log10 LR", "Pictures");
  }

  @Test
  void shouldSayWhichComponentOnlyTheOtherCouponHas() {
    Fingerprint probe = printer.measure(Duration.ofDays(1));
    Fingerprint poor =
        probe.with(probe.nozzle(), probe.axes(), null, probe.flow(), null, null, null);
    Comparison comparison = Comparer.compare(enrolled, poor, ScoreModels.shipped());

    String page = ReportPage.of(poor, Map.of(), new Judged(enrolled, comparison));

    assertThat(page).contains("<h3>ringing</h3><p>Could not be measured on this coupon.</p>");
    assertThat(page).doesNotContain("<h3>axis_x</h3><p>Could");
  }

  @Test
  void shouldTakeNoMarkupFromAPrintersName() {
    String page =
        ReportPage.of(printer.measure("<b>&\"", Duration.ZERO), Map.of("x\"<", png()), null);

    assertThat(page).contains("Coupon of &lt;b&gt;&amp;&quot;").doesNotContain("<b>", "x\"<");
  }

  private static Fingerprint heard(Fingerprint print) {
    double[] bands = new double[Resonance.BANDS];
    bands[7] = 20;
    double[] bed = new double[MeshComponent.SIDE * MeshComponent.SIDE];
    bed[12] = 80;
    return print.with(
        new VibrationComponent(new Resonance(48, 0.5, 0.05, 0.01, bands), null),
        new MeshComponent(bed));
  }

  private static List<String> charts(String page) {
    List<String> charts = new ArrayList<>();
    Matcher matcher = SVG.matcher(page);
    while (matcher.find()) {
      if (matcher.group().contains("aria-label")) {
        charts.add(matcher.group());
      }
    }
    return charts;
  }

  private static String title(String chart) {
    int at = chart.indexOf("aria-label=\"") + "aria-label=\"".length();
    return chart.substring(at, chart.indexOf('"', at));
  }

  private static byte[] png() {
    try (var bytes = new java.io.ByteArrayOutputStream()) {
      javax.imageio.ImageIO.write(new java.awt.image.BufferedImage(2, 2, 1), "png", bytes);
      return bytes.toByteArray();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }
}
