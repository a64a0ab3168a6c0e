package dev.whorl.gcode.link;

import java.util.Locale;
import java.util.regex.Pattern;

/** Remembers whether heat was asked for and not yet confirmed off. Safe from any thread. */
final class HeatSent {

  /** Hot end, bed, chamber, and PID tuning, which heats by itself. */
  private static final Pattern HEATING =
      Pattern.compile("M(?:104|109|140|190|141|191)\\b.*[SR]\\s*0*[1-9].*|M303\\b.*");

  private volatile boolean on;

  /** Notes a command that is sent. */
  void sent(String command) {
    if (HEATING.matcher(command.toUpperCase(Locale.ROOT)).matches()) {
      on = true;
    }
  }

  /** Notes a target that showed during the link's own job, whatever command set it. */
  void seen(Temperatures temperatures) {
    if (!temperatures.targetsOff()) {
      on = true;
    }
  }

  void confirmedOff() {
    on = false;
  }

  boolean mayBeOn() {
    return on;
  }
}
