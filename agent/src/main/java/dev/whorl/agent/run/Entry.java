package dev.whorl.agent.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that happened, as the journal keeps it. */
public sealed interface Entry {
  /** When, by the agent's clock. */
  Instant at();

  /**
   * The run moved on.
   *
   * @param run the run's id, null in IDLE before any run
   * @param slot the slot's name, null before one was chosen
   * @param detail for people: why, or how it ended
   */
  record PhaseEntered(
      Instant at, Phase phase, @Nullable String run, @Nullable String slot, String detail)
      implements Entry {}

  /**
   * The agent is about to ask for heat: written before the first such byte leaves.
   *
   * @param nozzleC target
   * @param bedC target
   */
  record HeatAsked(Instant at, double nozzleC, double bedC) implements Entry {}

  /** Targets are 0 and both heaters were seen falling, or cold. */
  record HeatGone(Instant at) implements Entry {}

  /**
   * The relay cut the printer's power. It stays cut until a person says that the bed is clear.
   *
   * @param why the one line that was told
   */
  record PowerCut(Instant at, String why) implements Entry {}

  /**
   * The printer has its power back.
   *
   * @param by who was there to ask for it
   */
  record PowerBack(Instant at, String by) implements Entry {}

  /**
   * What is now known of a slot.
   *
   * @param by who or what says so: a person, the run, a reset
   */
  record SlotMarked(Instant at, String slot, SlotState state, String by) implements Entry {}

  /**
   * Nothing lies on the bed.
   *
   * @param slots every slot's name
   * @param by who says so
   */
  record BedCleared(Instant at, List<String> slots, String by) implements Entry {
    public BedCleared {
      slots = List.copyOf(slots);
    }
  }

  /** Nothing is known of any slot any more. */
  record SlotsForgotten(Instant at, String why) implements Entry {}

  /** This entry as the object that goes into the journal. */
  default ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", at().toString());
    if (this instanceof PhaseEntered e) {
      json.put("kind", "phase").put("phase", e.phase().name());
      json.put("run", e.run()).put("slot", e.slot()).put("detail", e.detail());
    } else if (this instanceof HeatAsked e) {
      json.put("kind", "heat-asked").put("nozzle_c", e.nozzleC()).put("bed_c", e.bedC());
    } else if (this instanceof HeatGone) {
      json.put("kind", "heat-gone");
    } else if (this instanceof PowerCut e) {
      json.put("kind", "power-cut").put("why", e.why());
    } else if (this instanceof PowerBack e) {
      json.put("kind", "power-back").put("by", e.by());
    } else if (this instanceof SlotMarked e) {
      json.put("kind", "slot").put("slot", e.slot());
      json.put("state", e.state().label()).put("by", e.by());
    } else if (this instanceof BedCleared e) {
      json.put("kind", "bed-cleared").put("by", e.by());
      e.slots().forEach(json.putArray("slots")::add);
    } else if (this instanceof SlotsForgotten e) {
      json.put("kind", "slots-forgotten").put("why", e.why());
    }
    return json;
  }

  /**
   * The entry of a journal's object.
   *
   * @throws IllegalArgumentException when it is none that this version knows
   */
  static Entry fromJson(JsonNode json) {
    Instant at = Instant.parse(json.path("at").asText());
    String kind = json.path("kind").asText();
    return switch (kind) {
      case "phase" ->
          new PhaseEntered(
              at,
              Phase.valueOf(json.path("phase").asText()),
              json.path("run").textValue(),
              json.path("slot").textValue(),
              json.path("detail").asText());
      case "heat-asked" ->
          new HeatAsked(at, json.path("nozzle_c").asDouble(), json.path("bed_c").asDouble());
      case "heat-gone" -> new HeatGone(at);
      case "power-cut" -> new PowerCut(at, json.path("why").asText());
      case "power-back" -> new PowerBack(at, json.path("by").asText());
      case "slot" ->
          new SlotMarked(
              at,
              json.path("slot").asText(),
              SlotState.ofLabel(json.path("state").asText()),
              json.path("by").asText());
      case "bed-cleared" -> {
        List<String> slots = new ArrayList<>();
        json.path("slots").forEach(slot -> slots.add(slot.asText()));
        yield new BedCleared(at, slots, json.path("by").asText());
      }
      case "slots-forgotten" -> new SlotsForgotten(at, json.path("why").asText());
      default -> throw new IllegalArgumentException("unknown kind of journal entry: " + kind);
    };
  }
}
