package dev.whorl.agent.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A chart as SVG within a page: colours come from the page's style, so that it serves light and
 * dark, and a small computer needs neither fonts nor a screen to draw it.
 */
final class Plot {
  private static final double LEFT = 62;
  private static final double RIGHT = 12;
  private static final double TOP = 26;
  private static final double BOTTOM = 40;

  /** Part of the range left free above and below. */
  private static final double AIR = 0.06;

  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final double width;
  private final double height;
  private final List<Shape> shapes = new ArrayList<>();

  private interface Shape {
    Series series();

    /** x and y of all that must be seen, alternating. */
    double[] extent();

    String svg(Plot plot, Range x, Range y);
  }

  /** An open or closed line. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Curve(Series series, String element, String style, double[] x, double[] y)
      implements Shape {
    @Override
    public double[] extent() {
      return interleaved(x, y);
    }

    @Override
    public String svg(Plot plot, Range rx, Range ry) {
      return "<%s class=\"%s %s\" points=\"%s\"/>"
          .formatted(element, style, series.word(), plot.points(x, y, rx, ry));
    }
  }

  private record Range(double low, double high) {
    Range with(double value) {
      return new Range(Math.min(low, value), Math.max(high, value));
    }

    Range widened() {
      double air = high > low ? AIR * (high - low) : Math.max(1e-9, AIR * Math.abs(high) + 1e-9);
      return new Range(low - air, high + air);
    }

    /** 1, 2 or 5 times a power of ten: some {@code n} of it fill the range. */
    double step(int n) {
      double raw = (high - low) / n;
      double power = Math.pow(10, Math.floor(Math.log10(raw)));
      double part = raw / power;
      return power * (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10);
    }
  }

  /**
   * An empty chart.
   *
   * @param xTitle what goes to the right, with its unit
   * @param yTitle what goes up, with its unit
   * @param width in units of which text is 12 high
   */
  Plot(String title, String xTitle, String yTitle, double width, double height) {
    this.title = title;
    this.xTitle = xTitle;
    this.yTitle = yTitle;
    this.width = width;
    this.height = height;
  }

  /** A line through all points. */
  Plot line(Series series, double[] x, double[] y) {
    shapes.add(new Curve(series, "polyline", "line", x, y));
    return this;
  }

  /** What lies within {@code se} of a line. */
  Plot band(Series series, double[] x, double[] y, double[] se) {
    double[] around = new double[2 * x.length];
    double[] along = new double[2 * x.length];
    for (int i = 0; i < x.length; i++) {
      along[i] = x[i];
      around[i] = y[i] + se[i];
      along[along.length - 1 - i] = x[i];
      around[along.length - 1 - i] = y[i] - se[i];
    }
    shapes.add(new Curve(series, "polygon", "band", along, around));
    return this;
  }

  /** A point with its standard errors as a cross. */
  Plot point(Series series, double x, double y, double xSe, double ySe) {
    shapes.add(
        new Shape() {
          @Override
          public Series series() {
            return series;
          }

          @Override
          public double[] extent() {
            return new double[] {x - xSe, y - ySe, x + xSe, y + ySe};
          }

          @Override
          public String svg(Plot plot, Range rx, Range ry) {
            return "<path class=\"line %s\" d=\"M%s %sH%sM%s %sV%s\"/>"
                    .formatted(
                        series.word(),
                        number(plot.right(x - xSe, rx)),
                        number(plot.up(y, ry)),
                        number(plot.right(x + xSe, rx)),
                        number(plot.right(x, rx)),
                        number(plot.up(y - ySe, ry)),
                        number(plot.up(y + ySe, ry)))
                + "<circle class=\"dot %s\" r=\"3.5\" cx=\"%s\" cy=\"%s\"/>"
                    .formatted(series.word(), number(plot.right(x, rx)), number(plot.up(y, ry)));
          }
        });
    return this;
  }

  /** The chart as an {@code svg} element. */
  String svg() {
    Range x = new Range(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    Range y = x;
    for (Shape shape : shapes) {
      double[] extent = shape.extent();
      for (int i = 0; i < extent.length; i += 2) {
        x = x.with(extent[i]);
        y = y.with(extent[i + 1]);
      }
    }
    x = x.widened();
    y = y.widened();
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
            .formatted(number(width), number(height), Html.escaped(title)));
    svg.append(text(LEFT, 16, "start", title));
    grid(svg, x, y);
    for (Series series : Series.values()) {
      for (Shape shape : shapes) {
        if (shape.series() == series) {
          svg.append(shape.svg(this, x, y));
        }
      }
    }
    svg.append(text((LEFT + width - RIGHT) / 2, height - 6, "middle", xTitle));
    svg.append(
        "<text transform=\"rotate(-90 12 %s)\" x=\"12\" y=\"%s\" text-anchor=\"middle\">%s</text>"
            .formatted(
                number((TOP + height - BOTTOM) / 2),
                number((TOP + height - BOTTOM) / 2),
                Html.escaped(yTitle)));
    return svg.append("</svg>").toString();
  }

  private void grid(StringBuilder svg, Range x, Range y) {
    svg.append(
        "<rect class=\"frame\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
            .formatted(
                number(LEFT),
                number(TOP),
                number(width - LEFT - RIGHT),
                number(height - TOP - BOTTOM)));
    double step = x.step(width > 300 ? 7 : 4);
    for (double tick = Math.ceil(x.low() / step) * step; tick <= x.high(); tick += step) {
      double at = right(tick, x);
      svg.append(
          "<path class=\"grid\" d=\"M%s %sV%s\"/>"
              .formatted(number(at), number(TOP), number(height - BOTTOM)));
      svg.append(text(at, height - BOTTOM + 15, "middle", tick(tick, step)));
    }
    step = y.step(5);
    for (double tick = Math.ceil(y.low() / step) * step; tick <= y.high(); tick += step) {
      double at = up(tick, y);
      svg.append(
          "<path class=\"grid\" d=\"M%s %sH%s\"/>"
              .formatted(number(LEFT), number(at), number(width - RIGHT)));
      svg.append(text(LEFT - 5, at + 4, "end", tick(tick, step)));
    }
  }

  private double right(double x, Range range) {
    return LEFT + (width - LEFT - RIGHT) * (x - range.low()) / (range.high() - range.low());
  }

  private double up(double y, Range range) {
    return height
        - BOTTOM
        - (height - TOP - BOTTOM) * (y - range.low()) / (range.high() - range.low());
  }

  private String points(double[] x, double[] y, Range rx, Range ry) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      points.append(number(right(x[i], rx))).append(',').append(number(up(y[i], ry))).append(' ');
    }
    return points.toString().trim();
  }

  private static double[] interleaved(double[] x, double[] y) {
    double[] both = new double[2 * x.length];
    for (int i = 0; i < x.length; i++) {
      both[2 * i] = x[i];
      both[2 * i + 1] = y[i];
    }
    return both;
  }

  private static String text(double x, double y, String anchor, String text) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
        .formatted(number(x), number(y), anchor, Html.escaped(text));
  }

  private static String tick(double value, double step) {
    int digits = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
