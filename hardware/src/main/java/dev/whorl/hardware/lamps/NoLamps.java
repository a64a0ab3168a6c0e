package dev.whorl.hardware.lamps;

import dev.whorl.hardware.Lamps;

/** No lamps on wires of ours: the camera's own program lights them. */
public final class NoLamps implements Lamps {
  @Override
  public void on(String lamp) {}

  @Override
  public void allOff() {}

  @Override
  public String describe() {
    return "none";
  }

  @Override
  public void close() {}
}
