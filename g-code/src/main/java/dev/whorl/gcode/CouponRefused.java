package dev.whorl.gcode;

import java.util.List;

/** A coupon that must not be printed, with every reason found. */
public final class CouponRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems at least one, each one line: what, where, what to do
   */
  public CouponRefused(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Each one line: what, where, what to do. */
  public List<String> problems() {
    return problems;
  }
}
