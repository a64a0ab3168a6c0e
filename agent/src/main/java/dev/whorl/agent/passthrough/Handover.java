package dev.whorl.agent.passthrough;

import dev.whorl.gcode.host.ModalState;
import dev.whorl.gcode.host.MotionSettings;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.Position;
import dev.whorl.gcode.link.PrinterLink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run takes from the host and gives back: the settings of motion when it ends, and when the
 * host may go on, which is when the bed is clear, the place of the nozzle and all that stays in
 * force from one command to the next.
 */
final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  /** A list of all settings at 115200 baud takes half a second. */
  private static final Duration ASK = Duration.ofSeconds(15);

  /** Settings go in as fast as they are sent, once the moves before them are done. */
  private static final Duration SET = Duration.ofSeconds(3);

  /** Across the largest bed at the speed of the way back. */
  private static final Duration MOVE = Duration.ofMinutes(2);

  // Guarded by this.
  private @Nullable MotionSettings settings;
  private @Nullable Position place;
  private boolean placeTaken;
  private boolean changed;
  private boolean brokenOff;
  private boolean lost;

  /** The printer moved, or was set, for somebody else than the host. */
  synchronized void changed() {
    changed = true;
  }

  /** The run ended in the middle, perhaps of homing: no place can be gone back to. */
  synchronized void brokenOff() {
    brokenOff = true;
  }

  /** Notes what a run is about to change. */
  synchronized void take(PrinterLink link, ModalState modal) throws LinkException {
    changed = true;
    MotionSettings listed = MotionSettings.of(link.send("M503", ASK));
    if (listed.commands().isEmpty()) {
      LOG.warn(
          "{} does not list its motion settings (M503): those of the coupon stay until it restarts",
          link.name());
    }
    settings = listed;
    for (String command : modal.ownReports()) {
      link.send(command, ASK);
    }
    if (!placeTaken) {
      place = modal.isHomed() ? link.position() : null;
      placeTaken = true;
    }
  }

  /** Gives the settings back as the printer itself listed them; says so where it cannot. */
  synchronized void giveBackSettings(PrinterLink link) {
    MotionSettings listed = settings;
    settings = null;
    if (listed == null) {
      return;
    }
    try {
      for (String command : listed.commands()) {
        link.send(command, SET);
      }
    } catch (LinkException e) {
      LOG.warn("the motion settings were not given back: {}", e.getMessage());
      lost = true;
    }
  }

  /**
   * Gives back the rest.
   *
   * @return false when that cannot be done: the host must be told that it starts anew
   */
  synchronized boolean giveBackState(PrinterLink link, ModalState modal) {
    if (!changed) {
      return true;
    }
    Position before = place;
    Optional<String> lacking = modal.unknown();
    if (lost) {
      lacking = Optional.of("its settings of motion were not given back");
    } else if (brokenOff && modal.isHomed()) {
      lacking = Optional.of("the run was broken off, so nobody knows where the nozzle is");
    }
    forget();
    changed = false;
    lacking.ifPresent(what -> LOG.warn("the host starts anew: {}", what));
    try {
      List<String> commands =
          lacking.isPresent()
              ? ModalState.asAfterAStart()
              : modal.restore(before, before == null ? 0 : link.position().zMm());
      for (String command : commands) {
        link.send(command, MOVE);
      }
      return lacking.isEmpty();
    } catch (LinkException e) {
      LOG.warn("the host starts anew: {}", e.getMessage());
      return false;
    }
  }

  /** The printer restarted: it has its own settings and no place. */
  synchronized void forget() {
    settings = null;
    place = null;
    placeTaken = false;
    brokenOff = false;
    lost = false;
  }
}
