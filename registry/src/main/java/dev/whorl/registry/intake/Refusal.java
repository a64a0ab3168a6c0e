package dev.whorl.registry.intake;

/** Ends the handling of a message that is not taken. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  /** What the sender is told. */
  enum Answer {
    /** Nothing: an answer would vouch for a digest that somebody else may have sent. */
    NONE,
    /** Send it again later. */
    RETRY,
    /** Never send it again. */
    REFUSED
  }

  final Reason reason;
  final Answer answer;
  final String detail;

  Refusal(Reason reason, Answer answer, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.answer = answer;
    this.detail = detail;
  }
}
