package dev.whorl.gcode.link;

/** A heater or its sensor does not do during a job what it should; the job is over. */
public final class HeaterFault extends LinkException {

  private static final long serialVersionUID = 1L;

  private final boolean outOfControl;

  /**
   * @param outOfControl whether the heater heats though it should not
   */
  public HeaterFault(String message, boolean outOfControl) {
    super(message);
    this.outOfControl = outOfControl;
  }

  /**
   * Whether the heater heats though it should not: switching it off is not to be relied on. The
   * printer was stopped for good (M112), and its power must be cut.
   */
  public boolean outOfControl() {
    return outOfControl;
  }
}
