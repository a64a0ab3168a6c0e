package dev.whorl.gcode.host;

import dev.whorl.gcode.link.Dialect;
import java.util.regex.Pattern;

/** What of a host's command a printer can take over a numbered link. */
final class PrinterCommand {

  private static final Pattern GCODE = Pattern.compile("[GMTgmt]\\s*\\d.*", Pattern.DOTALL);
  private static final Pattern MESSAGE =
      Pattern.compile("[Mm]\\s*0*11[78](?!\\d).*", Pattern.DOTALL);

  private static final Pattern RUBBISH =
      Pattern.compile("[\\x80-\\xff]|.*[\\x00-\\x08\\x0e-\\x1f\\x7f].*", Pattern.DOTALL);

  private PrinterCommand() {}

  /**
   * The longest command in characters. Marlin and Prusa keep 96 bytes for a line: 95 without the
   * final null, less a number of up to seven digits with its N and blank, less the checksum.
   * RepRapFirmware keeps 256, Klipper 4096.
   */
  static int longest(Dialect dialect) {
    return switch (dialect) {
      case MARLIN, PRUSA, GENERIC -> 82;
      case REPRAPFIRMWARE -> 240;
      case KLIPPER -> 4080;
    };
  }

  /** Whether this is noise, or packed or binary data, and no command at all. */
  static boolean isRubbish(String command) {
    return RUBBISH.matcher(command).lookingAt();
  }

  /** Whether this is a letter and a number, as against a macro's name. */
  static boolean isGcode(String command) {
    return GCODE.matcher(command).matches();
  }

  /**
   * The command in a form that fits: messages are cut, blanks between words left out.
   *
   * @return longer than {@code longest} when nothing helps
   */
  static String fitting(String command, int longest) {
    if (command.length() <= longest) {
      return command;
    }
    if (MESSAGE.matcher(command).matches()) {
      return command.substring(0, longest);
    }
    if (!isGcode(command) || !isWords(command)) {
      return command;
    }
    String tight = command.replaceAll("\\s+", "");
    return tight.length() <= longest ? tight : command;
  }

  /** Whether this is letters with numbers only: the blanks between them mean nothing. */
  private static boolean isWords(String command) {
    boolean letter = false;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      boolean isLetter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      if (isLetter ? letter : " \t+-.0123456789".indexOf(c) < 0) {
        return false;
      }
      letter = isLetter || letter && (c == ' ' || c == '\t');
    }
    return true;
  }
}
