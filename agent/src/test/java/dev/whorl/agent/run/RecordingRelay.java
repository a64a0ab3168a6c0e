package dev.whorl.agent.run;

import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;
import java.util.List;

/** A relay that writes down what it is told, among what else happens. */
final class RecordingRelay implements Relay {
  private final List<String> record;
  boolean present = true;
  boolean works = true;

  RecordingRelay(List<String> record) {
    this.record = record;
  }

  @Override
  public boolean present() {
    return present;
  }

  @Override
  public void powerOff() throws HardwareException {
    record.add("power off");
    check();
  }

  @Override
  public void powerOn() throws HardwareException {
    record.add("power on");
    check();
  }

  private void check() throws HardwareException {
    if (!works) {
      throw new HardwareException("relay.command: no such socket");
    }
  }

  @Override
  public String describe() {
    return "recording";
  }

  @Override
  public void close() {}
}
