package dev.whorl.agent.uplink;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.run.RunView;
import dev.whorl.gcode.link.Temperatures;
import org.jspecify.annotations.Nullable;

/** The agent's state as JSON, the same over MQTT and HTTP. */
public final class Told {
  /** What the message has room for. */
  private static final int MOST_CHARACTERS = 1000;

  private Told() {}

  /** Phase, run, progress, slots, fault. */
  public static ObjectNode state(RunView view) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("phase", view.phase().name());
    body.put("run", view.run());
    body.put("progress", Math.round(view.progress() * 1000) / 1000.0);
    if (view.etaS() == null) {
      body.putNull("eta_s");
    } else {
      body.put("eta_s", Math.max(0, Math.round(view.etaS())));
    }
    ArrayNode slots = body.putArray("slots");
    view.slots()
        .forEach(
            (slot, state) -> {
              ObjectNode entry = slots.addObject();
              entry.putArray("slot_mm").add(slot.xMm()).add(slot.yMm());
              entry.put("state", state.label());
            });
    if (view.powerCut() != null) {
      body.put("power_cut", shortened(view.powerCut()));
    }
    if (view.host() != null) {
      body.put("host", view.host().label());
    }
    body.put("fault", shortened(view.fault()));
    return body;
  }

  private static @Nullable String shortened(@Nullable String line) {
    return line != null && line.length() > MOST_CHARACTERS
        ? line.substring(0, MOST_CHARACTERS)
        : line;
  }

  /** Temperatures, where the printer is being spoken to, and the outbox's depth. */
  static ObjectNode telemetry(@Nullable RunView view, int outboxDepth) {
    ObjectNode body = temperatures(view == null ? null : view.temperatures());
    body.put("outbox_depth", outboxDepth);
    return body;
  }

  /** Temperatures and targets; empty where none are known. */
  public static ObjectNode temperatures(@Nullable Temperatures t) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (t != null) {
      body.put("nozzle_c", t.nozzleC()).put("nozzle_target_c", t.nozzleTargetC());
      if (t.hasBed()) {
        body.put("bed_c", t.bedC()).put("bed_target_c", t.bedTargetC());
      }
    }
    return body;
  }
}
