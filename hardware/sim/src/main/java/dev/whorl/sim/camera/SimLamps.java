package dev.whorl.sim.camera;

import dev.whorl.hardware.BenchSettings;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.LampSettings;
import dev.whorl.hardware.Lamps;

/** The {@code sim} lamps: those that the config names, in the printer's {@link LitLamps room}. */
final class SimLamps implements Lamps {

  private final BenchSettings settings;

  SimLamps(BenchSettings settings) {
    this.settings = settings;
  }

  @Override
  public void on(String lamp) throws HardwareException {
    if (settings.lamps().lamps().stream().map(LampSettings::name).noneMatch(lamp::equals)) {
      throw new HardwareException(
          "lamps.driver = \"sim\": there is no lamp " + lamp + "; name one of lamps.lamp");
    }
    LitLamps.light(settings.printerPort(), lamp);
  }

  @Override
  public void allOff() {
    LitLamps.putOut(settings.printerPort());
  }

  @Override
  public String describe() {
    return "sim lamps (" + settings.lamps().lamps().size() + ")";
  }

  @Override
  public void close() {
    allOff();
  }
}
