package dev.whorl.gcode.link;

/** The printer stopped itself (overheated, killed, emergency stop) and needs a reset. */
public final class PrinterHalted extends LinkException {

  private static final long serialVersionUID = 1L;

  public PrinterHalted(String message) {
    super(message);
  }
}
