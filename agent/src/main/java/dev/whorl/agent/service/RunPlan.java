package dev.whorl.agent.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.BedSlots;
import dev.whorl.agent.run.Journal;
import dev.whorl.agent.run.Phase;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.agent.run.RunState;
import dev.whorl.agent.run.Slot;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.gcode.Program;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What asking for a coupon now would do.
 *
 * @param printer the printer's id
 * @param continues whether an interrupted run is finished instead of a new one begun
 * @param slot where the coupon would go
 * @param needsAPerson whether somebody must first say that the bed is clear
 * @param bed what is known of the bed, for people
 * @param program what would be printed
 * @param nozzleC target
 * @param bedC target
 */
public record RunPlan(
    String printer,
    boolean continues,
    String slot,
    boolean needsAPerson,
    String bed,
    Program program,
    double nozzleC,
    double bedC) {

  /** Reads the journal of a folder whose lock is held. */
  public static RunPlan of(AgentConfig config, PrinterCoupons coupons) {
    RunState state = state(config);
    BedSlots bed = coupons.bed();
    Instant now = Instant.now();
    Phase phase = state.phase();
    boolean continues =
        phase == Phase.COOL
            || phase == Phase.CAPTURE
            || phase == Phase.ANALYSE
            || phase == Phase.REPORT;
    boolean vouched = config.schedule().unattended() && bed.neverTold(state);
    Optional<Slot> clear = bed.firstClear(state, now);
    if (clear.isEmpty() && vouched) {
      clear = Optional.of(bed.slots().get(0));
    }
    Slot slot = clear.orElse(bed.slots().get(0));
    return new RunPlan(
        config.printer().id(),
        continues,
        slot.name(),
        !continues && clear.isEmpty(),
        clear.isPresent() ? "slot " + slot.name() + " is clear" : "no slot is known to be clear",
        coupons.program(slot),
        config.printer().nozzleC(),
        config.printer().bedC());
  }

  /** What the journal of a folder whose lock is held adds up to. */
  public static RunState state(AgentConfig config) {
    try {
      Journal.Opened opened = Journal.open(config.agent().stateDir().resolve("journal"));
      opened.journal().close();
      return RunState.of(opened.entries());
    } catch (IOException e) {
      throw new UserError(
          ExitCode.HARDWARE,
          "the journal in " + config.agent().stateDir() + " cannot be used: " + e.getMessage(),
          e);
    }
  }

  /** For people. */
  public List<String> lines() {
    if (continues) {
      return List.of("an interrupted run would be finished");
    }
    return List.of(
        printer + ": " + bed + (needsAPerson ? "; somebody must clear it first" : ""),
        "coupon " + program.couponId() + " at slot " + slot,
        String.format(
            Locale.ROOT,
            "%d lines, about %.1f min of printing, nozzle %.0f C, bed %.0f C",
            program.wireLines().size(),
            program.estimateS() / 60,
            nozzleC,
            bedC));
  }

  /** For programs. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("printer", printer);
    json.put("continues", continues);
    json.putArray("slot_mm").add(program.slotXMm()).add(program.slotYMm());
    json.put("needs_a_person", needsAPerson);
    json.put("bed", bed);
    json.put("coupon", program.couponId());
    json.put("lines", program.wireLines().size());
    json.put("estimate_s", program.estimateS());
    return json;
  }
}
