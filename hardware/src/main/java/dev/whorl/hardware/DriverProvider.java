package dev.whorl.hardware;

/**
 * Brings drivers of one name from another jar, found by {@link java.util.ServiceLoader}. The
 * simulated drivers come this way, so that an installation without their jar does not know them.
 */
public interface DriverProvider {
  /** The name that the config uses, such as {@code sim}. */
  String driver();

  /** Opens the camera of this driver. */
  Camera openCamera(BenchSettings settings) throws HardwareException;

  /** Opens the lamps of this driver. */
  Lamps openLamps(BenchSettings settings) throws HardwareException;
}
