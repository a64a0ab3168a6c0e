package dev.whorl.gcode.host;

import dev.whorl.gcode.link.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a printer's words is for the host, and what is between the link and the printer. */
final class Audience {

  private boolean reportsAskedFor;
  private boolean emergencyParserNoted;
  private boolean faultShown;

  void restart() {
    reportsAskedFor = false;
    faultShown = false;
  }

  /** A command of the host's goes to the printer. */
  void sent(String command) {
    if (GcodeWord.isCode(command, "M155")) {
      reportsAskedFor = GcodeWord.of(command).value('S', 0) > 0;
    } else if (GcodeWord.isCode(command, "M115")) {
      emergencyParserNoted = false;
    }
  }

  /**
   * Whether the host is told.
   *
   * @param temperaturesAskedFor whether an M105 of the host's is under way
   */
  boolean concerns(Reply reply, boolean temperaturesAskedFor) {
    faultShown |= reply instanceof Reply.Fatal;
    emergencyParserNoted |= reply instanceof Reply.Cap cap && cap.name().equals("EMERGENCY_PARSER");
    if (reply instanceof Reply.TemperatureReport report) {
      // Those by themselves begin with a blank; an answer before its `ok` does not.
      boolean answer = temperaturesAskedFor && !report.text().startsWith(" ");
      return report.waiting() || reportsAskedFor || answer;
    }
    boolean ofTheLink =
        reply instanceof Reply.Ok
            || reply instanceof Reply.Resend
            || reply instanceof Reply.LineRefused
            || reply instanceof Reply.Idle;
    return !ofTheLink && !isStart(reply);
  }

  /** Of a job that is not the host's, this is its business all the same. */
  static boolean concernsAHeldHost(Reply reply) {
    return reply instanceof Reply.Fatal
        || reply instanceof Reply.Started
        || reply instanceof Reply.Action;
  }

  /** Whether this is the first word of a printer that starts, which the host is told once. */
  static boolean isStart(Reply reply) {
    return reply instanceof Reply.Started started && started.first();
  }

  /** Whether the host was told why the printer stopped itself. */
  boolean knowsOfFault() {
    return faultShown;
  }

  /** How a command that the printer did is acknowledged. */
  List<String> acknowledgement(String command, Reply.@Nullable Ok ok) {
    faultShown = false;
    String acknowledgement = ok == null ? "ok" : ShownReply.ok(ok);
    return GcodeWord.isCode(command, "M115") && !emergencyParserNoted
        ? List.of(ShownReply.EMERGENCY_PARSER, acknowledgement)
        : List.of(acknowledgement);
  }
}
