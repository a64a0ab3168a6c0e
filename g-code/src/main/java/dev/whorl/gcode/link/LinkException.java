package dev.whorl.gcode.link;

/** The link cannot do what was asked. The message is one line: what, where, what to do. */
public class LinkException extends Exception {

  private static final long serialVersionUID = 1L;

  public LinkException(String message) {
    super(message);
  }
}
