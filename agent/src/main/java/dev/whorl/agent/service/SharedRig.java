package dev.whorl.agent.service;

import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.passthrough.PassThrough;
import dev.whorl.agent.run.Host;
import dev.whorl.agent.run.PrinterSession;
import dev.whorl.agent.run.Rig;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;

/** The wires that the config names, the printer's port shared with a host. */
record SharedRig(AgentConfig config, PassThrough passThrough) implements Rig {
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
    return Bench.openRelay(config.relay());
  }

  @Override
  public Bench openBench() throws HardwareException {
    return Bench.open(config.bench());
  }
}
