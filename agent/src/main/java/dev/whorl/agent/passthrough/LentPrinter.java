package dev.whorl.agent.passthrough;

import dev.whorl.agent.run.LinkedPrinter;
import dev.whorl.gcode.Program;
import dev.whorl.gcode.host.HostPort;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.StreamProgress;
import dev.whorl.gcode.link.Temperatures;

/** The kept printer in the conductor's hands: what it changes is given back at the end. */
final class LentPrinter extends LinkedPrinter {
  private final PrinterLink link;
  private final HostPort port;
  private final Handover handover;
  private final RunWatch watch;
  private final Runnable giveBack;

  /**
   * @param giveBack ends the loan
   */
  LentPrinter(
      GreetedPrinter printer, HostPort port, Handover handover, RunWatch watch, Runnable giveBack) {
    super(printer.link(), printer.hello());
    this.link = printer.link();
    this.port = port;
    this.handover = handover;
    this.watch = watch;
    this.giveBack = giveBack;
  }

  @Override
  public void print(Program program, StreamProgress progress) throws LinkException {
    watch.printing(true);
    boolean whole = false;
    try {
      handover.take(link, port.modal());
      super.print(program, progress);
      whole = true;
    } finally {
      watch.printing(false);
      if (!whole) {
        handover.brokenOff();
      }
    }
  }

  @Override
  public void home() throws LinkException {
    handover.changed();
    super.home();
  }

  @Override
  public void close() throws LinkException {
    try {
      handover.giveBackSettings(link);
      Temperatures last = link.lastTemperatures();
      if (last != null && !last.targetsOff() && port.isHeld()) {
        // The host set none: it was held since before the printer was hot.
        link.heatersOff();
      }
    } finally {
      giveBack.run();
    }
  }
}
