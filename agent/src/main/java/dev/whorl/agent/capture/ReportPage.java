package dev.whorl.agent.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintJson;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;

/** A fingerprint as a page that needs nothing but a browser: the pictures are in it. */
public final class ReportPage {
  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;\
      color:#222;background:#fafaf7}
      table{border-collapse:collapse;margin:1rem 0}
      td,th{padding:.2rem .8rem;border-bottom:1px solid #bbb;text-align:left;\
      overflow-wrap:anywhere;vertical-align:top}
      figure{display:inline-block;margin:0 1rem 1rem 0;width:min(100%,34rem)}
      img{width:100%;height:auto}
      @media(prefers-color-scheme:dark){body{color:#ddd;background:#191919}}
      """;

  private ReportPage() {}

  /**
   * The page as HTML.
   *
   * @param pictures PNG bytes by name
   */
  public static String of(Fingerprint fingerprint, Map<String, byte[]> pictures) {
    ObjectNode json = FingerprintJson.tree(fingerprint);
    String title = "Coupon of " + escaped(fingerprint.printer());
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width\">");
    page.append("<title>").append(title).append("</title><style>").append(STYLE);
    page.append("</style><h1>").append(title).append("</h1>");
    page.append("<h2>What was printed</h2>");
    ObjectNode facts = json.deepCopy();
    facts.remove("components");
    facts.remove("quality");
    facts.remove("claim");
    table(page, facts);
    page.append("<h2>What its markers claim</h2>");
    table(page, json.path("claim"));
    page.append("<h2>How well it could be read</h2>");
    table(page, json.path("quality"));
    page.append("<h2>Pictures</h2>");
    pictures.forEach(
        (name, png) ->
            page.append("<figure><img alt=\"")
                .append(escaped(name))
                .append("\" src=\"data:image/jpeg;base64,")
                .append(Base64.getEncoder().encodeToString(jpeg(png)))
                .append("\"><figcaption>")
                .append(escaped(name))
                .append("</figcaption></figure>"));
    json.path("components")
        .properties()
        .forEach(
            component -> {
              page.append("<h2>").append(escaped(component.getKey())).append("</h2>");
              table(page, component.getValue());
            });
    return page.append("</html>\n").toString();
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

  private static void table(StringBuilder page, JsonNode object) {
    page.append("<table>");
    object
        .properties()
        .forEach(
            field ->
                page.append("<tr><th scope=\"row\">")
                    .append(escaped(field.getKey()))
                    .append("<td>")
                    .append(escaped(text(field.getValue()))));
    page.append("</table>");
  }

  private static String text(JsonNode value) {
    return value.isNull() ? "not known" : value.isTextual() ? value.asText() : value.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
