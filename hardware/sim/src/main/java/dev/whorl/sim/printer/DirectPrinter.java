package dev.whorl.sim.printer;

import dev.whorl.sim.bed.PrintedObject;
import dev.whorl.sim.firmware.Firmware;
import dev.whorl.sim.firmware.Heater;
import dev.whorl.sim.firmware.Mishaps;
import dev.whorl.sim.firmware.Plugs;
import dev.whorl.sim.firmware.VirtualClock;
import dev.whorl.sim.machine.Machine;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.Service;
import java.nio.charset.StandardCharsets;

/**
 * A simulated printer without a wire, for fleets: firmware, planner and machine are those of {@link
 * SimulatedPrinter}, but lines are handed over as fast as they are acknowledged and the clock jumps
 * on while there is nothing to do but wait. Not thread-safe.
 */
public final class DirectPrinter {
  private static final double AMBIENT_C = 22;

  /** The printer's time moves on by this whenever it has nothing to say. */
  private static final long STEP_NANOS = 20_000_000;

  /** A command that takes longer than a day of the printer's is stuck. */
  private static final long LONGEST_NANOS = 86_400L * 1_000_000_000;

  private static final int RECEIVE_BYTES = 4096;

  private final MachineLife life;
  private final Works works;
  private final Firmware firmware;
  private long nanos;
  private long acknowledged;
  private String refusal = "";

  /** A machine with an empty plate, switched on. */
  public DirectPrinter(MachineLife life) {
    this.life = life;
    works = new Works(life, 0);
    firmware =
        new Firmware(
            Setup.plain().firmware(),
            Profiles.of(life),
            new Plugs(
                this::heard,
                new VirtualClock(() -> nanos, 1),
                works,
                Heater.hotend(AMBIENT_C),
                Heater.bed(AMBIENT_C),
                () -> {},
                () -> {},
                RECEIVE_BYTES,
                command -> {},
                Mishaps.NONE,
                null));
    firmware.boot();
  }

  /**
   * Prints a program on a clear plate.
   *
   * @param program G-code text
   * @return what lies on the plate at its end
   * @throws IllegalArgumentException if the firmware refuses a line of it, or nothing is printed
   */
  public PrintedObject print(String program) {
    works.clear();
    program.lines().map(DirectPrinter::command).filter(line -> !line.isEmpty()).forEach(this::send);
    send("M400");
    return works
        .contents(firmware.pending())
        .last()
        .orElseThrow(() -> new IllegalArgumentException("the program prints nothing"));
  }

  /** The machine as its last print found it. */
  public Machine machine() {
    return works.machine();
  }

  /** Who it is. */
  public MachineLife life() {
    return life;
  }

  /** Days pass. */
  public void age(double days) {
    works.age(days);
  }

  /** A part is serviced. */
  public void service(Service service) {
    works.service(service);
  }

  private static String command(String line) {
    int comment = line.indexOf(';');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }

  private void send(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
    long before = acknowledged;
    long until = nanos + LONGEST_NANOS;
    firmware.receive(bytes, bytes.length);
    firmware.step();
    while (acknowledged == before) {
      if (!refusal.isEmpty()) {
        throw new IllegalArgumentException(line + ": the printer says " + refusal);
      }
      if (nanos > until) {
        throw new IllegalArgumentException(line + ": the printer does not finish it in a day");
      }
      nanos += STEP_NANOS;
      firmware.step();
    }
  }

  private void heard(String line) {
    if (line.startsWith("ok")) {
      acknowledged++;
    } else if (line.startsWith("Error:")) {
      refusal = line;
    }
  }
}
