package dev.whorl.gcode.host;

import dev.whorl.gcode.host.HostLine.Checksum;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host's line numbers, which end here: Marlin's rules for what is taken and what is refused. */
final class LineNumbers {

  /** What becomes of a line. */
  enum Verdict {
    /** It is next, or has no number. */
    TAKEN,
    /** It came before: Marlin says nothing at all to the last line and the one before. */
    SWALLOWED,
    /** It sets the number (M110) and is a command that is acknowledged. */
    RENUMBERED,
    CHECKSUM_MISMATCH,
    NO_CHECKSUM,
    OUT_OF_TURN
  }

  private static final Pattern M110 =
      Pattern.compile("[Mm]\\s*0*110(?![\\d.])(?:.*?[Nn]\\s*(-?\\d{1,15}))?.*", Pattern.DOTALL);

  private long last;

  /** The printer restarted: so do the numbers. */
  void restart() {
    last = 0;
  }

  /** The number of the last line that was taken. */
  long last() {
    return last;
  }

  Verdict judge(HostLine line) {
    if (line.checksum() == Checksum.BAD) {
      return Verdict.CHECKSUM_MISMATCH;
    }
    if (line.numbered() && line.checksum() == Checksum.NONE) {
      return Verdict.NO_CHECKSUM;
    }
    Matcher renumbers = M110.matcher(line.command());
    if (renumbers.matches()) {
      String given = renumbers.group(1);
      if (given != null) {
        last = Long.parseLong(given);
      } else if (line.numbered()) {
        last = line.number();
      }
      return Verdict.RENUMBERED;
    }
    if (!line.numbered()) {
      return Verdict.TAKEN;
    }
    if (line.number() == last + 1) {
      last = line.number();
      return Verdict.TAKEN;
    }
    return line.number() == last || line.number() == last - 1
        ? Verdict.SWALLOWED
        : Verdict.OUT_OF_TURN;
  }
}
