package dev.whorl.agent.passthrough;

import dev.whorl.gcode.link.Reply;
import java.time.Duration;

/** Whether a run prints, and which of the host's codes spoil a run. Safe from any thread. */
final class RunWatch {
  /** A heating command that waits reports every second. */
  private static final Duration HEATING = Duration.ofSeconds(3);

  private volatile boolean printing;
  private volatile boolean heated;
  private volatile long heatedNanos;

  void printing(boolean now) {
    printing = now;
  }

  /** Any line of the printer's. */
  void heard(Reply reply) {
    if (reply instanceof Reply.TemperatureReport report && report.waiting()) {
      heatedNanos = System.nanoTime();
      heated = true;
    }
  }

  /** M112 ends a run at any moment, M410 what is printed, M108 a wait for heat. */
  boolean isSpoiledBy(String code) {
    boolean heating = heated && System.nanoTime() - heatedNanos < HEATING.toNanos();
    return switch (code) {
      case "M112" -> true;
      case "M410" -> printing;
      default -> printing && heating;
    };
  }
}
