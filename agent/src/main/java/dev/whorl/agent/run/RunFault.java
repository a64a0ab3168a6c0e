package dev.whorl.agent.run;

/** Why a run ended without a fingerprint: one line for a person. */
public final class RunFault extends Exception {
  private static final long serialVersionUID = 1L;

  public RunFault(String message) {
    super(message);
  }

  public RunFault(String message, Throwable cause) {
    super(message, cause);
  }

  /** Never null here. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
