package dev.whorl.hardware;

/** The switch in the printer's supply: the last resort when a heater does not go off. */
public interface Relay extends AutoCloseable {
  /** Whether there is one; {@link #powerOff} of one that is none fails. */
  boolean present();

  /**
   * Cuts the printer's power; it stays cut after {@link #close}.
   *
   * @throws HardwareException when it may still be on
   */
  void powerOff() throws HardwareException;

  /**
   * Gives the printer its power back; for a person beside it to ask for.
   *
   * @throws HardwareException when it may still be off
   */
  void powerOn() throws HardwareException;

  /** Names the driver, for lists of wires. */
  String describe();

  /** Lets go of the wire and leaves the power as it is. */
  @Override
  void close();
}
