package dev.whorl.agent.service;

import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.config.SensorsConfig;
import dev.whorl.common.cli.UserError;
import java.util.ArrayList;
import java.util.List;

/** What the config may ask for and this version does not do: refused, never silently left out. */
public final class NotBuilt {
  private NotBuilt() {}

  /**
   * Refuses hardware that would be left alone.
   *
   * @throws UserError with a line for each
   */
  public static void refuse(AgentConfig config) {
    List<String> problems = hardware(config);
    if (!problems.isEmpty()) {
      throw UserError.usage(String.join("\n", problems));
    }
  }

  /** The config's wishes for hardware that this version does not know, a line each. */
  public static List<String> hardware(AgentConfig config) {
    List<String> problems = new ArrayList<>();
    SensorsConfig sensors = config.sensors();
    if (List.of("v4l2", "mjpeg").contains(config.camera().driver())) {
      problems.add(
          line(
              config,
              "camera.driver \"" + config.camera().driver() + "\"",
              "use \"command\" with a program that takes the frame"));
    }
    if (config.lamps().driver().equals("gpio")) {
      problems.add(
          line(
              config,
              "lamps.driver \"gpio\"",
              "use \"command\" with a program that switches the lamps"));
    }
    if (!sensors.accelerometer().equals("none")) {
      problems.add(
          line(config, "accelerometer.driver \"" + sensors.accelerometer() + "\"", "use \"none\""));
    }
    if (!sensors.ambient().equals("none")) {
      problems.add(line(config, "ambient.driver \"" + sensors.ambient() + "\"", "use \"none\""));
    }
    if (config.relay().driver().equals("gpio")) {
      problems.add(
          line(
              config,
              "relay.driver \"gpio\"",
              "use \"command\" with a program that switches the printer's power"));
    }
    pin(config, problems, "button", sensors.buttonGpio());
    pin(config, problems, "led", sensors.ledGpio());
    return problems;
  }

  /** The config's wishes for the schedule, which the service does not follow yet, a line each. */
  public static List<String> schedule(AgentConfig config) {
    List<String> lines = new ArrayList<>();
    if (config.schedule().refingerprint() != null) {
      lines.add(line(config, "schedule.refingerprint", "ask with `whorl agent enroll`"));
    }
    if (!config.schedule().enrollAfter().isEmpty()) {
      lines.add(line(config, "schedule.enroll_after", "ask with `whorl agent enroll`"));
    }
    if (config.schedule().blackout() != null) {
      lines.add(line(config, "schedule.blackout", "nothing starts by itself"));
    }
    return lines;
  }

  private static void pin(
      AgentConfig config,
      List<String> problems,
      String table,
      @org.jspecify.annotations.Nullable Integer gpio) {
    if (gpio != null) {
      problems.add(line(config, "[" + table + "]", "take it out"));
    }
  }

  private static String line(AgentConfig config, String what, String instead) {
    return config.file() + ": " + what + " is not built in this version; " + instead;
  }
}
