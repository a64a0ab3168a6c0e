package dev.whorl.sim.printer;

import dev.whorl.sim.faults.Faults;

/**
 * How a printer is connected and what goes wrong with it.
 *
 * @param baud of the UART between host and firmware, which drops what comes too fast; 0 for a USB
 *     port, which holds it back
 * @param faults what goes wrong
 * @param executed is told of each command executed
 */
public record Setup(int baud, Faults faults, Executed executed) {

  /** On USB, without faults. */
  public static Setup plain() {
    return new Setup(0, Faults.none(), text -> {});
  }

  /** Behind a UART. */
  public Setup withUart(int baudRate) {
    return new Setup(baudRate, faults, executed);
  }

  /** With faults. */
  public Setup withFaults(Faults some) {
    return new Setup(baud, some, executed);
  }

  /** With someone who is told what is executed. */
  public Setup withExecuted(Executed listener) {
    return new Setup(baud, faults, listener);
  }
}
