package dev.whorl.agent.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintJson;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A fingerprint as a page that needs nothing but a browser: pictures and charts are in it. */
public final class ReportPage {
  private ReportPage() {}

  /**
   * The page as HTML.
   *
   * @param pictures PNG bytes by name, may be empty
   * @param judged what it was compared to; null where it was only read
   */
  public static String of(
      Fingerprint fingerprint, Map<String, byte[]> pictures, @Nullable Judged judged) {
    ObjectNode json = FingerprintJson.tree(fingerprint);
    String title = "Coupon of " + Html.escaped(fingerprint.printer());
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width\">");
    page.append("<title>").append(title).append("</title><style>").append(style());
    page.append("</style><h1>").append(title).append("</h1>");
    if (judged != null) {
      decided(page, judged);
    }
    page.append("<h2>What was printed</h2>");
    ObjectNode facts = json.deepCopy();
    facts.remove("components");
    facts.remove("quality");
    facts.remove("claim");
    page.append(Html.table(facts));
    if (!pictures.isEmpty()) {
      page.append("<h2>Pictures</h2>");
      pictures.forEach((name, png) -> picture(page, name, png));
    }
    components(page, json.path("components"), fingerprint, judged);
    page.append("<h2>What its markers claim</h2>").append(Html.table(json.path("claim")));
    page.append("<h2>How well it could be read</h2>").append(Html.table(json.path("quality")));
    return page.append("</html>\n").toString();
  }

  private static void decided(StringBuilder page, Judged judged) {
    page.append("<p class=\"decided ")
        .append(judged.comparison().verdict().key())
        .append("\">")
        .append(Html.escaped(judged.comparison().sentence()))
        .append("</p><p>Compared to the coupon of ")
        .append(Html.escaped(judged.earlier().printer()))
        .append(" taken at ")
        .append(judged.earlier().time())
        .append(".</p>");
    if (!judged.comparison().components().isEmpty()) {
      page.append(EvidenceTable.of(judged.comparison()));
    }
  }

  private static void components(
      StringBuilder page, JsonNode values, Fingerprint fingerprint, @Nullable Judged judged) {
    page.append("<h2>What was measured</h2><p class=\"key\"><span>this coupon</span>");
    if (judged != null) {
      page.append("<span class=\"earlier\">the one it was compared to</span>");
    }
    page.append("</p><p>Shaded, and as crosses: one standard error.</p>");
    Fingerprint earlier = judged == null ? null : judged.earlier();
    ComponentPlots.of(fingerprint, earlier)
        .forEach(
            (component, charts) -> {
              page.append("<h3>").append(Html.escaped(component)).append("</h3>");
              if (values.path(component).isMissingNode()) {
                page.append("<p>Could not be measured on this coupon.</p>");
              }
              page.append(charts);
              if (values.has(component)) {
                page.append("<details><summary>Values</summary>")
                    .append(Html.table(values.path(component)))
                    .append("</details>");
              }
            });
  }

  private static void picture(StringBuilder page, String name, byte[] png) {
    page.append("<figure><img alt=\"")
        .append(Html.escaped(name))
        .append("\" src=\"data:image/jpeg;base64,")
        .append(Base64.getEncoder().encodeToString(jpeg(png)))
        .append("\"><figcaption>")
        .append(Html.escaped(name))
        .append("</figcaption></figure>");
  }

  private static String style() {
    try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IllegalStateException("report.css is not in this build");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in the program
    }
  }

  /** A page of lossless pictures would weigh 9 MB; the lossless ones are beside it. */
  private static byte[] jpeg(byte[] png) {
    try {
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
      BufferedImage rgb =
          new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
      rgb.getGraphics().drawImage(read, 0, 0, null);
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(rgb, "jpg", jpeg);
      return jpeg.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // both ends are in memory
    }
  }
}
