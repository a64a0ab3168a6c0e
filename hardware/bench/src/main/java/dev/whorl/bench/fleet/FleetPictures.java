package dev.whorl.bench.fleet;

import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A run's pictures, as PNG. */
final class FleetPictures {
  private static final int WIDTH_PX = 900;
  private static final int HEIGHT_PX = 600;
  private static final List<Group> GROUPS = List.of(Group.FRESH, Group.YEAR, Group.SERVICED);

  /** Width of a bin of the reliability diagram, decades of LR. */
  private static final double BIN = 0.5;

  /** A bin with fewer of either kind says little of their ratio. */
  private static final int FEWEST_IN_BIN = 3;

  private FleetPictures() {}

  /** Writes {@code drift.png}, {@code det.png} and {@code reliability.png}. */
  static void write(Path dir, Figures figures, List<Trial> trials) {
    try {
      Files.createDirectories(dir);
      write(dir.resolve("drift.png"), drift(figures));
      write(dir.resolve("det.png"), det(figures, trials));
      write(dir.resolve("reliability.png"), reliability(figures, trials));
    } catch (IOException e) {
      throw UserError.usage("bench fleet: cannot write to " + dir + ": " + e.getMessage());
    }
  }

  private static void write(Path file, XYChart chart) throws IOException {
    AtomicFile.write(file, BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG));
  }

  private static XYChart chart(String title, String x, String y, Figures figures) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH_PX)
            .height(HEIGHT_PX)
            .title(title + ", " + figures.test().machines() + " simulated printers")
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setChartBackgroundColor(java.awt.Color.WHITE);
    return chart;
  }

  private static XYChart drift(Figures figures) {
    XYChart chart = chart("Own score over a year", "days since enrolment", "log10 LR", figures);
    chart.getStyler().setLegendPosition(LegendPosition.InsideSW);
    chart.getStyler().setYAxisMin(0.0);
    List<Ageing> ages = figures.ageing();
    double[] days = ages.stream().mapToDouble(Ageing::days).toArray();
    chart.addSeries("median", days, ages.stream().mapToDouble(Ageing::median).toArray());
    chart.addSeries(
        "nine in ten lie above", days, ages.stream().mapToDouble(Ageing::low).toArray());
    double threshold = figures.all().log10Threshold();
    chart
        .addSeries("threshold", days, ages.stream().mapToDouble(age -> threshold).toArray())
        .setMarker(SeriesMarkers.NONE);
    return chart;
  }

  /**
   * Both rates at every threshold; those of which nothing was seen have no place on a logarithm.
   */
  private static XYChart det(Figures figures, List<Trial> trials) {
    XYChart chart = chart("Errors at every threshold", "FMR", "FNMR", figures);
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    boolean empty = true;
    for (Group group : GROUPS) {
      double[] genuine = scores(trials, group, true);
      double[] impostor = scores(trials, group, false);
      List<Double> fmr = new ArrayList<>();
      List<Double> fnmr = new ArrayList<>();
      for (int missed = 1; missed < genuine.length; missed++) {
        double threshold = genuine[missed];
        double matched = impostor.length - below(impostor, threshold);
        if (matched > 0) {
          fmr.add(matched / impostor.length);
          fnmr.add((double) missed / genuine.length);
        }
      }
      if (!fmr.isEmpty()) {
        chart.addSeries(group.key(), fmr, fnmr).setMarker(SeriesMarkers.NONE);
        empty = false;
      }
    }
    if (empty) {
      chart.addSeries("no threshold errs both ways", new double[] {1e-4}, new double[] {1e-4});
    }
    return chart;
  }

  /** What ratios claim, against how much oftener genuine comparisons reach them than others do. */
  private static XYChart reliability(Figures figures, List<Trial> trials) {
    XYChart chart = chart("Are ratios what they claim?", "log10 LR", "log10 observed", figures);
    chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
    double most = 1;
    for (Group group : GROUPS) {
      double[] genuine = scores(trials, group, true);
      double[] impostor = scores(trials, group, false);
      List<Double> claimed = new ArrayList<>();
      List<Double> observed = new ArrayList<>();
      for (double low = -8; low < 12; low += BIN) {
        int own = below(genuine, low + BIN) - below(genuine, low);
        int others = below(impostor, low + BIN) - below(impostor, low);
        if (own >= FEWEST_IN_BIN && others >= FEWEST_IN_BIN) {
          double ratio = Math.log10((double) own / genuine.length * impostor.length / others);
          claimed.add(low + BIN / 2);
          observed.add(ratio);
          most = Math.max(most, Math.max(Math.abs(ratio), Math.abs(low + BIN / 2)));
        }
      }
      if (!claimed.isEmpty()) {
        chart.addSeries(group.key(), claimed, observed);
      }
    }
    XYSeries right =
        chart.addSeries("calibrated", new double[] {-most, most}, new double[] {-most, most});
    right.setMarker(SeriesMarkers.NONE);
    return chart;
  }

  private static double[] scores(List<Trial> trials, Group group, boolean genuine) {
    return trials.stream()
        .filter(trial -> trial.group() == group && trial.isGenuine() == genuine)
        .mapToDouble(Trial::log10Lr)
        .sorted()
        .toArray();
  }

  private static int below(double[] sorted, double threshold) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < threshold) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
