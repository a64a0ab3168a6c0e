package dev.whorl.fingerprint.component;

import dev.whorl.fingerprint.trace.NormalEquations;

/**
 * How much of the way's errors plastic shows: multiplies what is itself unknown, so it is found by
 * rounds.
 */
final class AxisGains {
  private static final double WIDTH_SD = 0.3;
  private static final double PUSH = 1.0;
  private static final double PUSH_SD = 0.15;

  /**
   * What is known beforehand of a valley's answer to the three spacings around it: between its two
   * beads, and from either to the next one. A bead laid nearer to the one before it finds less room
   * and grows to its free side, as volume is kept; by how much, the coupon tells.
   */
  private static final double[] RESPONSE = {0, -0.1, 0.1};

  private static final double RESPONSE_SD = 0.1;
  private static final double MOST_RESPONSE = 0.6;

  private final AxisUnknowns unknowns;

  /** What part of the stretch shows in the width; the coupon tells. */
  double width = 1;

  double widthSe;

  /**
   * How far a bead that the stretch of the way makes wider than its neighbour pushes their valley
   * aside: 1 where both give way alike. The coupon tells.
   */
  double push = PUSH;

  /** A valley's answer to the spacings: between its beads, before the first, after the second. */
  final double[] response = RESPONSE.clone();

  AxisGains(AxisUnknowns unknowns) {
    this.unknowns = unknowns;
  }

  /** Adds what is known of them beforehand. */
  void priors(NormalEquations equations) {
    prior(equations, unknowns.gain(), 1 - width, WIDTH_SD);
    prior(equations, unknowns.push(), PUSH - push, PUSH_SD);
    for (int i = 0; i < response.length; i++) {
      prior(equations, unknowns.firstResponse() + i, RESPONSE[i] - response[i], RESPONSE_SD);
    }
  }

  private static void prior(NormalEquations equations, int unknown, double value, double sd) {
    equations.add(new int[] {unknown}, new double[] {1}, 1, value, 1 / (sd * sd));
  }

  /** Takes a round's corrections. */
  void correct(NormalEquations.Solution solution, boolean withWidth) {
    double[] values = solution.values();
    push = Math.max(-0.5, Math.min(2, push + values[unknowns.push()]));
    for (int i = 0; i < response.length; i++) {
      double next = response[i] + values[unknowns.firstResponse() + i];
      response[i] = Math.max(-MOST_RESPONSE, Math.min(MOST_RESPONSE, next));
    }
    if (withWidth) {
      int gain = unknowns.gain();
      width = Math.max(0.05, Math.min(1.5, width + values[gain]));
      widthSe = Math.sqrt(solution.covariance(gain, gain));
    }
  }
}
