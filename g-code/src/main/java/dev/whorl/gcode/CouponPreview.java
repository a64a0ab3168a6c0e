package dev.whorl.gcode;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** A picture of a program: the coupon from above with its features, and the bed with its slots. */
public final class CouponPreview {
  private static final int MARGIN = 60;
  private static final int PX_PER_MM = 26;
  private static final int SIDE_PX = 300;
  private static final double AROUND_MM = 4.6;
  private static final Color PAPER = new Color(0xfafaf7);
  private static final Color INK = new Color(0x2b2b2b);
  private static final Color FAINT = new Color(0x9a9a94);
  private static final Color LAYER_1 = new Color(0xe3e0d8);
  private static final Color LAYER_2 = new Color(0xd6d2c7);

  /** Colours that people who see red and green alike can tell apart (Okabe and Ito, 2008). */
  private static final Map<String, Color> COLOURS = new LinkedHashMap<>();

  static {
    COLOURS.put("prime", new Color(0xbbbbbb));
    COLOURS.put("marker", new Color(0x333333));
    COLOURS.put("raster", new Color(0x56b4e9));
    COLOURS.put("bead", new Color(0x0072b2));
    COLOURS.put("tilted", new Color(0x009e73));
    COLOURS.put("corner", new Color(0xd55e00));
    COLOURS.put("patch", new Color(0xf0d99a));
    COLOURS.put("stroke", new Color(0xcc79a7));
  }

  private static final Map<String, String> LEGEND =
      Map.of(
          "prime", "prime line",
          "marker", "markers, raised",
          "raster", "rasters: axes",
          "bead", "isolated beads, 20 and 80 mm/s",
          "tilted", "tilted beads: full steps",
          "corner", "corners: ringing",
          "patch", "compass patch",
          "stroke", "compass strokes: nozzle");

  private final CouponProfile profile;
  private final Program program;
  private final Graphics2D g;

  private CouponPreview(CouponProfile profile, Program program, Graphics2D g) {
    this.profile = profile;
    this.program = program;
    this.g = g;
  }

  /** The picture as a PNG file's bytes. */
  public static byte[] png(CouponProfile profile, Program program) {
    double shownMm = CouponLayout.SIZE_MM + 2 * AROUND_MM;
    int couponPx = (int) Math.ceil(shownMm * PX_PER_MM);
    BufferedImage image =
        new BufferedImage(
            couponPx + SIDE_PX + 3 * MARGIN / 2, couponPx + MARGIN, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      g.setColor(PAPER);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      CouponPreview preview = new CouponPreview(profile, program, g);
      AffineTransform plain = g.getTransform();
      g.translate(MARGIN / 2.0, MARGIN / 2.0);
      g.scale(PX_PER_MM, -PX_PER_MM);
      g.translate(AROUND_MM - program.slotXMm(), -shownMm + AROUND_MM - program.slotYMm());
      preview.coupon();
      g.setTransform(plain);
      preview.side(couponPx + MARGIN, MARGIN);
    } finally {
      g.dispose();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Draws in machine coordinates, y up. */
  private void coupon() {
    CouponLayout layout = new CouponLayout(profile.nozzleMm());
    for (ToolMove move : ProgramReader.moves(program.lines(), profile.homeXyMm())) {
      if (!move.isBead()) {
        continue;
      }
      double width =
          move.filamentMm() * ToolpathWriter.FILAMENT_MM2 / move.lengthXyMm() / layout.heightMm;
      Color colour = COLOURS.get(move.kind());
      if (move.kind().equals("prime")) {
        width /= 1.5;
      } else if (move.kind().equals("stroke")) {
        width = 0.3;
      } else if (colour == null) {
        colour = move.to().z() < 1.5 * layout.heightMm ? LAYER_1 : LAYER_2;
      }
      g.setColor(colour);
      line(move, width);
      if (colour != LAYER_1) {
        // A lighter ridge makes beads that touch tell apart.
        g.setColor(mixed(colour == null ? LAYER_2 : colour, 0.35));
        line(move, width * 0.3);
      }
    }
    dimensions();
  }

  private void line(ToolMove move, double width) {
    g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(move.from().x(), move.from().y(), move.to().x(), move.to().y()));
  }

  private static Color mixed(Color colour, double white) {
    return new Color(
        (int) (colour.getRed() + (255 - colour.getRed()) * white),
        (int) (colour.getGreen() + (255 - colour.getGreen()) * white),
        (int) (colour.getBlue() + (255 - colour.getBlue()) * white));
  }

  private void dimensions() {
    double size = CouponLayout.SIZE_MM;
    double x = program.slotXMm();
    double y = program.slotYMm();
    g.setColor(INK);
    g.setStroke(new BasicStroke(0.05f));
    double top = y + size + 1;
    double right = x + size + 1;
    g.draw(new Line2D.Double(x, top, x + size, top));
    g.draw(new Line2D.Double(right, y, right, y + size));
    for (double tick = 0; tick <= size; tick++) {
      double length = tick % 10 == 0 ? 0.7 : tick % 5 == 0 ? 0.5 : 0.25;
      g.draw(new Line2D.Double(x + tick, top, x + tick, top + length));
      g.draw(new Line2D.Double(right, y + tick, right + length, y + tick));
      if (tick % 10 == 0) {
        text(ToolpathWriter.format("%.0f", tick), x + tick + 0.15, top + 0.85);
        text(ToolpathWriter.format("%.0f", tick), right + 0.85, y + tick + 0.15);
      }
    }
    text("34 mm", x + size - 2.6, top + 0.85);
    text("x", x - 1, top);
    text("y", right, y - 1.2);
  }

  private void text(String text, double xMm, double yMm) {
    AffineTransform before = g.getTransform();
    g.translate(xMm, yMm);
    g.scale(1.0 / PX_PER_MM, -1.0 / PX_PER_MM);
    g.setFont(font(Font.PLAIN, 16));
    g.drawString(text, 0, 0);
    g.setTransform(before);
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  private void side(int left, int top) {
    int y = top;
    g.setColor(INK);
    g.setFont(font(Font.BOLD, 22));
    g.drawString(profile.printerId(), left, y);
    g.setFont(font(Font.PLAIN, 15));
    for (String line : facts()) {
      y += 24;
      g.drawString(line, left, y);
    }
    y += 24;
    for (Map.Entry<String, Color> entry : COLOURS.entrySet()) {
      y += 26;
      g.setColor(entry.getValue());
      g.fill(new Rectangle2D.Double(left, y - 13, 24, 15));
      g.setColor(INK);
      g.drawString(LEGEND.getOrDefault(entry.getKey(), entry.getKey()), left + 34, y);
    }
    bed(left, y + 60);
  }

  private List<String> facts() {
    return List.of(
        Coupon.STANDARD_1
            + "  "
            + program.couponId().substring(program.couponId().indexOf(':') + 1).substring(0, 12),
        ToolpathWriter.format("slot %.1f, %.1f mm", program.slotXMm(), program.slotYMm()),
        ToolpathWriter.format(
            "%s, nozzle %.2f mm", profile.kinematics().label(), profile.nozzleMm()),
        ToolpathWriter.format(
            "nozzle %.0f \u00b0C, bed %.0f \u00b0C", profile.nozzleC(), profile.bedC()),
        ToolpathWriter.format(
            "%.0f min %02.0f s of motion, %d lines",
            Math.floor(program.estimateS() / 60),
            Math.floor(program.estimateS() % 60),
            program.wireLines().size()));
  }

  /** The bed, its slots, keep-outs and where z is probed. */
  private void bed(int left, int top) {
    double widthMm = profile.bedMm().get(0);
    double depthMm = profile.bedMm().get(1);
    double scale = (SIDE_PX - 20) / Math.max(widthMm, depthMm);
    g.setColor(INK);
    g.drawString(ToolpathWriter.format("bed %.0f x %.0f mm", widthMm, depthMm), left, top - 8);
    AffineTransform before = g.getTransform();
    g.translate(left, top + depthMm * scale);
    g.scale(scale, -scale);
    g.setStroke(new BasicStroke((float) (1 / scale)));
    g.setColor(Color.WHITE);
    g.fill(new Rectangle2D.Double(0, 0, widthMm, depthMm));
    g.setColor(INK);
    g.draw(new Rectangle2D.Double(0, 0, widthMm, depthMm));
    g.setColor(FAINT);
    for (Slots.Slot slot : Slots.defaults(profile)) {
      g.draw(square(slot.xMm(), slot.yMm()));
    }
    g.setColor(new Color(0xe6a0a0));
    for (BoxMm box : KeepoutRoute.keepouts(profile)) {
      g.fill(new Rectangle2D.Double(box.x0(), box.y0(), box.x1() - box.x0(), box.y1() - box.y0()));
    }
    g.setColor(new Color(0x0072b2));
    g.fill(square(program.slotXMm(), program.slotYMm()));
    g.setColor(INK);
    double homeX = profile.homeXyMm().get(0);
    double homeY = profile.homeXyMm().get(1);
    double radius = 3 / scale;
    g.fill(new Ellipse2D.Double(homeX - radius, homeY - radius, 2 * radius, 2 * radius));
    g.setTransform(before);
  }

  private static Rectangle2D square(double xMm, double yMm) {
    return new Rectangle2D.Double(xMm, yMm, CouponLayout.SIZE_MM, CouponLayout.SIZE_MM);
  }
}
