package dev.whorl.gcode.link;

/** The printer does not answer in time. */
public final class PrinterSilent extends LinkException {

  private static final long serialVersionUID = 1L;

  public PrinterSilent(String message) {
    super(message);
  }
}
