package dev.whorl.agent.run;

import dev.whorl.gcode.link.LinkException;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;
import dev.whorl.hardware.relay.NoRelay;

/** What a run touches, opened when it is needed and closed soon after. */
public interface Rig {
  /** Opens the port and greets the printer. */
  PrinterSession openPrinter() throws LinkException, HardwareException, InterruptedException;

  /** Who else uses the printer. */
  default Host host() {
    return Host.NONE;
  }

  /** Opens what can cut the printer's power. */
  default Relay openRelay() throws HardwareException {
    return new NoRelay();
  }

  /** Opens camera and lamps. */
  Bench openBench() throws HardwareException;
}
