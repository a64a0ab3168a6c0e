package dev.whorl.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The config of a small bench: a ring of lamps and a state folder; the rest is said line by line.
 */
public final class BenchToml {

  private final Map<String, StringBuilder> tables = new LinkedHashMap<>();

  /**
   * @param port the printer's
   * @param lamps how many, evenly around the coupon
   */
  public BenchToml(String port, int lamps) {
    say("printer", "port = \"" + port + "\"");
    say("printer", "bed_mm = [235, 235]");
    say("printer", "nozzle_c = 210");
    say("printer", "bed_c = 60");
    StringBuilder ring = new StringBuilder();
    for (int i = 0; i < lamps; i++) {
      ring.append(
          "%s{ name = \"%c\", azimuth_deg = %d, elevation_deg = 25, distance_mm = 120 }"
              .formatted(i == 0 ? "" : ", ", (char) ('a' + i), 360 * i / lamps));
    }
    say("lamps", "lamp = [" + ring + "]");
    say("agent", "state_dir = \"state\"");
  }

  /** Adds a line to a table, which there may not be yet. */
  public BenchToml say(String table, String line) {
    tables.computeIfAbsent(table, t -> new StringBuilder()).append(line).append('\n');
    return this;
  }

  /** Names the printer. */
  public BenchToml id(String id) {
    return say("printer", "id = \"" + id + "\"");
  }

  /** Frames come from a program. */
  public BenchToml camera(String... command) {
    say("camera", "driver = \"command\"");
    return say("camera", "command = [\"" + String.join("\", \"", command) + "\"]");
  }

  /** Frames and lamps are simulated. */
  public BenchToml simulated() {
    say("camera", "driver = \"sim\"");
    say("camera", "timeout_ms = 60000");
    say("lamps", "driver = \"sim\"");
    return say("lamps", "settle_ms = 0");
  }

  /** Writes {@code agent.toml} into a folder. */
  public Path write(Path dir) throws IOException {
    StringBuilder text = new StringBuilder();
    tables.forEach((table, lines) -> text.append('[').append(table).append("]\n").append(lines));
    return Files.writeString(dir.resolve("agent.toml"), text);
  }
}
