package dev.whorl.hardware;

/** The lamps around the coupon; at most one is on at a time. */
public interface Lamps extends AutoCloseable {
  /**
   * Lights one lamp and puts out any other.
   *
   * @throws HardwareException when the lamp is unknown or does not answer
   */
  void on(String lamp) throws HardwareException;

  /** Puts out every lamp. */
  void allOff() throws HardwareException;

  /** Names the driver, for lists of wires. */
  String describe();

  /** Puts out every lamp and lets go of the wires. */
  @Override
  void close();
}
