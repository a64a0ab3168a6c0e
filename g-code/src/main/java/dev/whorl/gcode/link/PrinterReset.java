package dev.whorl.gcode.link;

/** The printer restarted in the middle of a job; what it was doing is lost. */
public final class PrinterReset extends LinkException {

  private static final long serialVersionUID = 1L;

  public PrinterReset(String message) {
    super(message);
  }
}
