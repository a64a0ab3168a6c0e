package dev.whorl.bench.fleet;

import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A run's pictures, as PNG. */
final class FleetPictures {
  private static final int WIDTH_PX = 900;
  private static final int HEIGHT_PX = 600;

  private FleetPictures() {}

  /** Writes {@code drift.png} beside the fingerprints. */
  static void write(Path dir, Figures figures) {
    try {
      Files.createDirectories(dir);
      AtomicFile.write(
          dir.resolve("drift.png"), BitmapEncoder.getBitmapBytes(drift(figures), BitmapFormat.PNG));
    } catch (IOException e) {
      throw UserError.usage("bench fleet: cannot write to " + dir + ": " + e.getMessage());
    }
  }

  private static XYChart drift(Figures figures) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH_PX)
            .height(HEIGHT_PX)
            .title(
                "Own score over a year, "
                    + figures.test().machines()
                    + " simulated printers, template of the first day")
            .xAxisTitle("days since enrolment")
            .yAxisTitle("log10 LR")
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.InsideSW);
    List<Ageing> ages = figures.ageing();
    double[] days = ages.stream().mapToDouble(Ageing::days).toArray();
    chart.addSeries("median", days, ages.stream().mapToDouble(Ageing::median).toArray());
    chart.addSeries(
        "nine in ten lie above", days, ages.stream().mapToDouble(Ageing::low).toArray());
    double threshold = figures.all().log10Threshold();
    chart.addSeries("threshold", days, ages.stream().mapToDouble(age -> threshold).toArray());
    return chart;
  }
}
