package dev.whorl.sim.faults;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Acknowledgements that are lost or come twice, and requests that come twice. */
final class Answers {

  private final double lostOk;
  private final double doubledOk;
  private final double doubledResend;
  private final RandomGenerator random;
  private boolean ofResend;

  Answers(double lostOk, double doubledOk, double doubledResend, RandomGenerator random) {
    this.lostOk = lostOk;
    this.doubledOk = doubledOk;
    this.doubledResend = doubledResend;
    this.random = random;
  }

  /** Passes on what the firmware says: as it is, not at all, or twice. */
  void pass(String line, Consumer<String> on) {
    if (line.startsWith("Resend:")) {
      on.accept(line);
      if (random.nextDouble() < doubledResend) {
        on.accept("ok");
        on.accept(line);
      }
      ofResend = true; // the ok that belongs to it is no acknowledgement: left alone
      return;
    }
    boolean ok = line.equals("ok") || line.startsWith("ok ");
    if (!ok || ofResend) {
      ofResend = false;
      on.accept(line);
      return;
    }
    double draw = random.nextDouble();
    if (draw < lostOk) {
      return;
    }
    on.accept(line);
    if (draw < lostOk + doubledOk) {
      on.accept(line);
    }
  }
}
