package dev.whorl.agent.run;

import dev.whorl.gcode.Program;
import dev.whorl.gcode.link.BedMesh;
import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.Position;
import dev.whorl.gcode.link.StreamProgress;
import dev.whorl.gcode.link.Temperatures;
import java.util.Optional;

/**
 * A printer that was greeted and is ours until this is closed. For the conductor's thread, but for
 * {@link #abort}. Everything else fails with a {@link LinkException} of one line when the printer
 * does not do what it should.
 */
public interface PrinterSession extends AutoCloseable {
  /** How it introduced itself. */
  Hello hello();

  /** Sends a whole program; returns when the printer has done all of it. */
  void print(Program program, StreamProgress progress) throws LinkException;

  /** The bed as it was last probed, where the printer says it. */
  Optional<BedMesh> bedMesh() throws LinkException;

  /** Homes all axes. */
  void home() throws LinkException;

  /** Where the nozzle is once every move is done. */
  Position position() throws LinkException;

  /**
   * Moves the nozzle in a straight line and waits until it stands still.
   *
   * @return where the printer then says it is
   */
  Position moveTo(double xMm, double yMm, double zMm) throws LinkException;

  /** The temperatures, a few seconds old at most. */
  Temperatures temperatures() throws LinkException;

  /** Switches every heater off and reads that back; ends what is under way. */
  void heatersOff() throws LinkException;

  /**
   * Stops the printer at once and for good, ahead of everything; it then needs a reset.
   *
   * @throws LinkException when it does not confirm
   */
  void emergencyStop() throws LinkException;

  /** Ends what is under way at once; from any thread. */
  void abort();

  /**
   * Lets go of the port.
   *
   * @throws LinkException when heaters may still be on
   */
  @Override
  void close() throws LinkException;
}
