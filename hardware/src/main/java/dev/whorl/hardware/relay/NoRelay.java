package dev.whorl.hardware.relay;

import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;

/** Nothing that could cut the power: a person must. */
public final class NoRelay implements Relay {
  @Override
  public boolean present() {
    return false;
  }

  @Override
  public void powerOff() throws HardwareException {
    throw none();
  }

  @Override
  public void powerOn() throws HardwareException {
    throw none();
  }

  private static HardwareException none() {
    return new HardwareException("no relay: the printer's power is switched by hand");
  }

  @Override
  public String describe() {
    return "none";
  }

  @Override
  public void close() {}
}
