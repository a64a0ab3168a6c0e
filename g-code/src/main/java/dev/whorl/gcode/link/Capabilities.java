package dev.whorl.gcode.link;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the answer to M115 says the firmware can do.
 *
 * @param firmwareName such as {@code Marlin 2.1.2 (...)}; empty where it does not say
 * @param machineType as the builder of the firmware named the printer; empty where it does not say
 * @param uuid a constant of the build that many printers share: a hint, never an identity
 * @param caps every {@code Cap:NAME:0|1} by name
 */
public record Capabilities(
    String firmwareName, String machineType, String uuid, Map<String, Boolean> caps) {

  /** A firmware that says nothing about itself. */
  public static final Capabilities UNKNOWN = new Capabilities("", "", "", Map.of());

  public Capabilities {
    caps = Map.copyOf(caps);
  }

  /** Collects the replies to one M115. */
  public static Capabilities of(List<Reply> replies) {
    String name = "";
    String machine = "";
    String uuid = "";
    Map<String, Boolean> caps = new TreeMap<>();
    for (Reply reply : replies) {
      Reply.Firmware firmware = firmware(reply);
      if (firmware != null) {
        name = firmware.name();
        machine = firmware.machineType();
        uuid = firmware.uuid();
      } else if (reply instanceof Reply.Cap cap) {
        caps.put(cap.name(), cap.present());
      }
    }
    return new Capabilities(name, machine, uuid, caps);
  }

  private static Reply.@Nullable Firmware firmware(Reply reply) {
    if (reply instanceof Reply.Firmware firmware) {
      return firmware;
    }
    return reply instanceof Reply.Ok ok && ok.payload().startsWith("FIRMWARE_NAME:")
        ? ReplyParser.firmware(ok.payload())
        : null;
  }

  /** Whether the firmware claims the capability; what is not mentioned is not there. */
  public boolean has(String cap) {
    return caps.getOrDefault(cap, false);
  }

  /** Reports temperatures by itself after M155. */
  public boolean autoReportsTemperatures() {
    return has("AUTOREPORT_TEMP");
  }

  /** Acts on M108, M112 and M410 as they arrive, ahead of its queue. */
  public boolean parsesEmergencies() {
    return has("EMERGENCY_PARSER");
  }
}
