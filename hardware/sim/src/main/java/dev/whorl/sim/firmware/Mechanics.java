package dev.whorl.sim.firmware;

/** What the firmware drives. Called in the order of the lines received, whatever their timing. */
public interface Mechanics {

  /** Executes a move whose speeds are settled. */
  void execute(Move move);

  /** All motion ends here: the frame comes to rest. */
  void rest();

  /** Goes home: a new print begins if something was printed since. */
  void home(boolean x, boolean y, boolean z);

  /** M900: linear advance in s. */
  void linearAdvance(double seconds);

  /** M593: input shaping, 0 for none. */
  void inputShaping(double xHz, double yHz);

  /** Height of the bed as a probe would find it. */
  double bedMm(double xMm, double yMm);
}
