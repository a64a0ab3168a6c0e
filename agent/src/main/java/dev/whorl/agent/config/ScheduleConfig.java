package dev.whorl.agent.config;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code [schedule]}.
 *
 * @param refingerprint every so often, null for never
 * @param enrollAfter commands that mean that somebody calibrated the printer
 * @param blackout when nothing starts by itself, null for never
 * @param unattended whether the printer may heat without a person's word at the time
 */
public record ScheduleConfig(
    @Nullable Duration refingerprint,
    List<String> enrollAfter,
    @Nullable Blackout blackout,
    boolean unattended) {
  public ScheduleConfig {
    enrollAfter = List.copyOf(enrollAfter);
  }

  /** From a time of day to another, over midnight when the second comes first. */
  public record Blackout(LocalTime from, LocalTime to) {}
}
