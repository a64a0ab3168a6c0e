package dev.whorl.agent.passthrough;

import dev.whorl.agent.run.LinkedPrinter;
import dev.whorl.agent.run.PrinterSession;
import dev.whorl.gcode.Program;
import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.Position;
import dev.whorl.gcode.link.StreamProgress;
import dev.whorl.gcode.link.Temperatures;

/** A printer whose link is another's: all but the end of the session is the link's. */
abstract class BorrowedPrinter implements PrinterSession {
  private final LinkedPrinter printer;

  BorrowedPrinter(LinkedPrinter printer) {
    this.printer = printer;
  }

  @Override
  public Hello hello() {
    return printer.hello();
  }

  @Override
  public void print(Program program, StreamProgress progress) throws LinkException {
    printer.print(program, progress);
  }

  @Override
  public void home() throws LinkException {
    printer.home();
  }

  @Override
  public Position position() throws LinkException {
    return printer.position();
  }

  @Override
  public Position moveTo(double xMm, double yMm, double zMm) throws LinkException {
    return printer.moveTo(xMm, yMm, zMm);
  }

  @Override
  public Temperatures temperatures() throws LinkException {
    return printer.temperatures();
  }

  @Override
  public void heatersOff() throws LinkException {
    printer.heatersOff();
  }

  @Override
  public void emergencyStop() throws LinkException {
    printer.emergencyStop();
  }

  @Override
  public void abort() {
    printer.abort();
  }
}
