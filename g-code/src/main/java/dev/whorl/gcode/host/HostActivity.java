package dev.whorl.gcode.host;

import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.Temperatures;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a host does with the printer, from what it sends and what the printer says. Whoever doubts
 * takes it for motion: a macro's name tells nothing.
 */
final class HostActivity {

  /** The pause between two objects, or to change filament, is no idleness yet. */
  static final Duration REST = Duration.ofSeconds(60);

  /** What neither moves nor pushes: settings, questions, fans, messages, cooling. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "M(?:1[78]|2[0-37-9]|3[016]|42|7[5-8]|8[2-7]|92|10[4-8]|11[0-9]|12[0-2]|14[015]|15[0-5]"
              + "|16[0-5]|20[0-9]|21[0-9]|22[01]|25[06]|26[01]|28[0-2]|29[12]|30[0-24-7]|355|40[07-9]"
              + "|41[0-3]|42[0-9]|48[56]|50[0-9]|51[0-2]|524|5[4-9][0-9]|66[56]|851|8[67][0-9]"
              + "|9[012][0-9]|99[79])|G(?:4|17|18|19|20|21|5[4-9]|60|80|9[0-2])"
              + "|(?:SET_|GET_|QUERY_|SAVE_).*"
              + "|STATUS|HELP|ECHO|RESPOND|RESTART|FIRMWARE_RESTART|TURN_OFF_HEATERS");

  /** Motion that pushes no filament out by itself. */
  private static final Pattern MOTION =
      Pattern.compile(
          "G(?:10|12|27|28|29|30|34|35|38.*|42|425|61)|M(?:0|1|25|48|8[01]|109|125|190|191|226|290"
              + "|303|876)|T\\d*|BED_MESH_.*|PROBE.*|.*_CALIBRATE|TEMPERATURE_WAIT|QUAD_GANTRY_LEVEL"
              + "|Z_TILT_ADJUST");

  /** Heat that is asked for; what the printer reports tells of it only later. */
  private static final Pattern HEAT = Pattern.compile("M(?:104|109|140|141|190|191)");

  private boolean everMoved;
  private boolean printsFromCard;
  private boolean extruded;
  private boolean heats;
  private long movedNanos;

  /** A command goes to the printer. */
  void sent(String command, ModalState modal, long nowNanos) {
    GcodeWord word = GcodeWord.of(command);
    String code = word.code();
    boolean hotter =
        HEAT.matcher(code).matches() && (word.value('S', 0) > 0 || word.value('R', 0) > 0);
    if (hotter) {
      everMoved = true;
      movedNanos = nowNanos;
    }
    if (code.isEmpty() || HARMLESS.matcher(code).matches()) {
      return;
    }
    everMoved = true;
    movedNanos = nowNanos;
    if (code.equals("M24") || code.equals("M32") || code.equals("SDCARD_PRINT_FILE")) {
      printsFromCard = true;
      extruded = true;
    } else if (code.matches("G[0-35]")) {
      extruded |= modal.pushes(word);
    } else {
      extruded |= !MOTION.matcher(code).matches();
    }
  }

  /** Everything sent is done. */
  void settled(long nowNanos) {
    if (everMoved && nowNanos - movedNanos < REST.toNanos()) {
      movedNanos = nowNanos;
    }
  }

  void heard(Reply reply, long nowNanos) {
    if (reply instanceof Reply.TemperatureReport report) {
      measured(report.temperatures());
      return;
    }
    String text = reply.text().toLowerCase(Locale.ROOT);
    if (text.contains("done printing file") || text.contains("not sd printing")) {
      if (printsFromCard) {
        everMoved = true;
        movedNanos = nowNanos;
      }
      printsFromCard = false;
    } else if (text.contains("sd printing byte")) {
      printsFromCard = true;
      extruded = true;
    }
  }

  void measured(Temperatures temperatures) {
    heats = !temperatures.targetsOff();
  }

  void restarted() {
    printsFromCard = false;
    everMoved = false;
    heats = false;
  }

  /** What keeps the printer; empty when nothing does. */
  Optional<String> busyWith(long nowNanos) {
    if (printsFromCard) {
      return Optional.of("the printer prints from its card");
    }
    if (heats) {
      return Optional.of("the host heats the printer");
    }
    return everMoved && nowNanos - movedNanos < REST.toNanos()
        ? Optional.of("the host moved or heated the printer within the last minute")
        : Optional.empty();
  }

  /** Whether filament was pushed out, or may have been, since this was asked last. */
  boolean extruded() {
    boolean answer = extruded;
    extruded = false;
    return answer;
  }
}
