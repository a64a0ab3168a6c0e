package dev.whorl.gcode.link;

/** The line to the printer is gone: unplugged, hung up or closed. */
public final class LinkLost extends LinkException {

  private static final long serialVersionUID = 1L;

  public LinkLost(String message) {
    super(message);
  }
}
