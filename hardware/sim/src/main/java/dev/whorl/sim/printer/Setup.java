package dev.whorl.sim.printer;

import dev.whorl.sim.faults.Faults;
import dev.whorl.sim.firmware.FirmwareKind;
import dev.whorl.sim.firmware.Plugs.CardFile;
import org.jspecify.annotations.Nullable;

/**
 * What a printer runs, how it is connected and what goes wrong with it.
 *
 * @param firmware what it runs
 * @param baud of the UART between host and firmware, which drops what comes too fast; 0 for a USB
 *     port, which holds it back
 * @param faults what goes wrong
 * @param executed is told of each command executed
 * @param card the file on the card in its slot
 */
public record Setup(
    FirmwareKind firmware, int baud, Faults faults, Executed executed, @Nullable CardFile card) {

  /** Marlin on USB, without faults and card. */
  public static Setup plain() {
    return new Setup(FirmwareKind.MARLIN, 0, Faults.none(), text -> {}, null);
  }

  /** With another firmware. */
  public Setup withFirmware(FirmwareKind kind) {
    return new Setup(kind, baud, faults, executed, card);
  }

  /** Behind a UART. */
  public Setup withUart(int baudRate) {
    return new Setup(firmware, baudRate, faults, executed, card);
  }

  /** With faults. */
  public Setup withFaults(Faults some) {
    return new Setup(firmware, baud, some, executed, card);
  }

  /** With someone who is told what is executed. */
  public Setup withExecuted(Executed listener) {
    return new Setup(firmware, baud, faults, listener, card);
  }

  /** With a card in its slot. */
  public Setup withCard(CardFile file) {
    return new Setup(firmware, baud, faults, executed, file);
  }
}
