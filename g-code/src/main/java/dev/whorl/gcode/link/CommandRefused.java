package dev.whorl.gcode.link;

/** The printer refused a command and goes on; what would have followed was not sent. */
public final class CommandRefused extends LinkException {

  private static final long serialVersionUID = 1L;

  public CommandRefused(String message) {
    super(message);
  }
}
