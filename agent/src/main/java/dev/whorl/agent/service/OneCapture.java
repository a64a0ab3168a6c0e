package dev.whorl.agent.service;

import dev.whorl.agent.capture.FrameTaker;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.BedSlots;
import dev.whorl.agent.run.CameraMove;
import dev.whorl.agent.run.LinkedPrinter;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.agent.run.PrinterSession;
import dev.whorl.agent.run.RunFault;
import dev.whorl.agent.run.RunState;
import dev.whorl.agent.run.Slot;
import dev.whorl.agent.run.SlotState;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** A capture by hand, outside any run, in a folder whose lock is held. */
public final class OneCapture {
  private OneCapture() {}

  /**
   * Photographs the coupon that the journal says lies on the bed, or the first slot.
   *
   * @return the slot's name
   */
  public static String take(
      AgentConfig config, PrinterCoupons coupons, Path out, FrameTaker.FrameProgress progress)
      throws InterruptedException {
    RunState state = RunPlan.state(config);
    BedSlots bed = coupons.bed();
    Slot slot =
        bed.slots().stream()
            .filter(s -> bed.state(s, state, Instant.now()) == SlotState.OCCUPIED)
            .reduce((first, second) -> second)
            .orElse(bed.slots().get(0));
    try {
      if (config.mount().toolhead()) {
        bringCamera(config, bed, state, slot);
      }
      try (Bench bench = Bench.open(config.bench())) {
        new FrameTaker(config, Clock.systemUTC())
            .take(bench, out, coupons.profile(), coupons.program(slot), progress, () -> true);
      }
      return slot.name();
    } catch (HardwareException | LinkException | RunFault e) {
      throw new UserError(ExitCode.HARDWARE, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UserError(ExitCode.HARDWARE, out + ": cannot be written: " + e, e);
    }
  }

  private static void bringCamera(AgentConfig config, BedSlots bed, RunState state, Slot slot)
      throws LinkException, HardwareException, RunFault {
    double x = config.printer().homeXyMm().get(0);
    double y = config.printer().homeXyMm().get(1);
    Optional<Slot> inTheWay = bed.inTheWayOfProbing(x, y, state, Instant.now());
    if (inTheWay.isPresent()) {
      throw new RunFault(
          "homing would probe over slot " + inTheWay.get().name() + ", which is not clear");
    }
    try (PrinterSession printer = LinkedPrinter.open(config.printer())) {
      printer.home();
      new CameraMove(config).go(printer, slot);
    }
  }
}
