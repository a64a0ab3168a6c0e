package dev.whorl.agent.run;

/** Where a run is. One {@link Conductor} owns every move from one to the next. */
public enum Phase {
  /** Nothing under way; the printer is cold as far as the agent is concerned. */
  IDLE("nothing to do"),

  /** A coupon was asked for, and a free slot and a person's word to heat are waited for. */
  AWAIT_BED("waiting for a clear bed and leave to heat"),

  /** The printer is greeted and the program checked; nothing has moved yet. */
  PREPARE("greeting the printer"),

  /** The coupon's program is on its way to the printer, which heats, homes and prints. */
  PRINT("printing the coupon"),

  /** Heaters are off and their fall is verified; the coupon hardens on the bed. */
  COOL("cooling down"),

  /** The coupon is photographed under one lamp after another, and once in the dark. */
  CAPTURE("photographing the coupon"),

  /** The saved frames become a fingerprint. */
  ANALYSE("computing the fingerprint"),

  /** The fingerprint is committed to the outbox, and its receipt waited for. */
  REPORT("sending the fingerprint"),

  /** The run ended with a reason that a person should read; heaters are off. */
  FAULT("stopped with a fault");

  private final String sentence;

  Phase(String sentence) {
    this.sentence = sentence;
  }

  /** What a person reads in a status line. */
  public String sentence() {
    return sentence;
  }

  /** Whether a run is under way in this phase. */
  public boolean running() {
    return this != IDLE && this != FAULT;
  }
}
