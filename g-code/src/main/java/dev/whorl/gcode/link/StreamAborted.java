package dev.whorl.gcode.link;

/** A stream or a wait was ended on purpose: by abort, by the printer or by an interrupt. */
public final class StreamAborted extends LinkException {

  private static final long serialVersionUID = 1L;

  public StreamAborted(String message) {
    super(message);
  }
}
