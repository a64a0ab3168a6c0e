package dev.whorl.sim.camera;

import dev.whorl.hardware.BenchSettings;
import dev.whorl.hardware.Camera;
import dev.whorl.hardware.DriverProvider;
import dev.whorl.hardware.Lamps;

/** The drivers named {@code sim}. */
public final class SimDrivers implements DriverProvider {

  @Override
  public String driver() {
    return "sim";
  }

  @Override
  public Camera openCamera(BenchSettings settings) {
    return new SimCamera(settings);
  }

  @Override
  public Lamps openLamps(BenchSettings settings) {
    return new SimLamps(settings);
  }
}
