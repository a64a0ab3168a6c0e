package dev.whorl.sim.printer;

import dev.whorl.sim.firmware.FirmwareProfile;
import dev.whorl.sim.machine.Hotend;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.PrinterModel;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What the firmware of a machine is built as. */
final class Profiles {
  private Profiles() {}

  static FirmwareProfile of(MachineLife life) {
    PrinterModel model = life.model();
    Hotend today = life.today(0).hotend();
    return new FirmwareProfile(
        model.machineType(),
        UUID.nameUUIDFromBytes(model.word().getBytes(StandardCharsets.US_ASCII)).toString(),
        new double[] {model.travelXMm(), model.travelYMm(), model.travelZMm()},
        model.junctionDeviation(),
        model.advancedOk(),
        today.rippleC(),
        today.ripple().period());
  }
}
