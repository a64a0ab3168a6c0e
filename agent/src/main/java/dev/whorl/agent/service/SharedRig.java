package dev.whorl.agent.service;

import dev.whorl.agent.passthrough.PassThrough;
import dev.whorl.agent.run.Host;
import dev.whorl.agent.run.PrinterSession;
import dev.whorl.agent.run.Rig;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;

/**
 * A bench whose printer's port is shared with a host.
 *
 * @param wires all the others
 */
record SharedRig(Rig wires, PassThrough passThrough) implements Rig {
  @Override
  public PrinterSession openPrinter()
      throws LinkException, HardwareException, InterruptedException {
    return passThrough.openPrinter();
  }

  @Override
  public Host host() {
    return passThrough;
  }

  @Override
  public Relay openRelay() throws HardwareException {
    return wires.openRelay();
  }

  @Override
  public Bench openBench() throws HardwareException {
    return wires.openBench();
  }
}
