package dev.whorl.gcode.link;

import org.jspecify.annotations.Nullable;

/**
 * What a firmware says of a command that it does not know: Marlin's {@code echo:Unknown command:
 * "G1X"}, RepRapFirmware's {@code Error: Bad command: x12} and {@code Warning: M12: Command is not
 * supported}.
 */
final class UnknownCommand {

  private static final String NOT_SUPPORTED = ": Command is not supported";

  private UnknownCommand() {}

  /** Whether a text that is no reply of any other kind complains of a command. */
  static boolean isNotSupported(String text) {
    return text.endsWith(NOT_SUPPORTED);
  }

  /** The command that the text quotes; null where it complains of none. */
  static @Nullable String quotedIn(String text) {
    int at = text.indexOf("nknown command");
    at = at < 0 ? text.indexOf("Bad command") : at;
    at = at < 0 && isNotSupported(text) ? text.indexOf("Warning") : at;
    if (at < 0) {
      return null;
    }
    int quote = text.indexOf('"', at);
    int end = text.lastIndexOf('"');
    if (quote >= 0 && end > quote) {
      return text.substring(quote + 1, end);
    }
    int colon = text.indexOf(':', at);
    return text.substring(colon < 0 ? text.length() : colon + 1).replace(NOT_SUPPORTED, "");
  }
}
