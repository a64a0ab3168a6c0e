package dev.whorl.gcode.host;

import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.Temperatures;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** How a printer's line reads to a host. */
final class ShownReply {

  /**
   * What the way through changes about a printer's abilities: M112, M108 and M410 are acted upon as
   * they arrive; packed lines, binary uploads and XON/XOFF do not get through.
   */
  private static final Map<String, Boolean> CAPS =
      Map.of(
          "EMERGENCY_PARSER", true,
          "MEATPACK", false,
          "BINARY_FILE_TRANSFER", false,
          "SERIAL_XON_XOFF", false,
          "ADVANCED_OK", false);

  static final String EMERGENCY_PARSER = "Cap:EMERGENCY_PARSER:1";

  /** Where this link's own numbers and the printer's free places stand in an ADVANCED_OK. */
  private static final Pattern ADVANCED = Pattern.compile("(?<!\\S)[NPB]\\d{1,9}(?!\\S)");

  private ShownReply() {}

  static String of(Reply reply) {
    if (reply instanceof Reply.Cap cap) {
      Boolean changed = CAPS.get(cap.name());
      return changed == null
          ? clean(cap.text())
          : "Cap:%s:%d".formatted(cap.name(), changed ? 1 : 0);
    }
    return clean(reply.text());
  }

  /** The `ok` with what the printer adds to it for this command. */
  static String ok(Reply.Ok ok) {
    String payload = ADVANCED.matcher(ok.payload()).replaceAll("").strip();
    return payload.isEmpty() ? "ok" : clean("ok " + payload);
  }

  /** An answer to M105 from readings. */
  static String temperatures(Temperatures t) {
    String bed =
        t.hasBed() ? String.format(Locale.ROOT, " B:%.2f /%.2f", t.bedC(), t.bedTargetC()) : "";
    String bedPower = t.hasBed() ? " B@:" + t.bedPower() : "";
    return String.format(
        Locale.ROOT,
        "ok T:%.2f /%.2f%s @:%d%s",
        t.nozzleC(),
        t.nozzleTargetC(),
        bed,
        t.nozzlePower(),
        bedPower);
  }

  /** printcore stops listening for good at a line that is not UTF-8. */
  private static String clean(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text;
    } catch (CharacterCodingException e) {
      return text.replaceAll("[\\x80-\\xff]", "?");
    }
  }
}
