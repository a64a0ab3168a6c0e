package dev.whorl.agent.run;

/** A heater stays hot though it is switched off: its power must be cut. One line says which. */
final class HeaterStuck extends Exception {
  private static final long serialVersionUID = 1L;

  HeaterStuck(String message) {
    super(message);
  }
}
