package dev.whorl.bench.fleet;

/**
 * A figure of which something is asked.
 *
 * @param name what it is
 * @param value what was counted, NaN where it could not be
 * @param least whether at least {@code asked} is asked, or at most
 * @param met whether it is; what could not be counted is not
 */
record Target(String name, double value, boolean least, double asked, boolean met) {

  static Target atMost(String name, double value, double asked) {
    return new Target(name, value, false, asked, value <= asked);
  }

  static Target atLeast(String name, double value, double asked) {
    return new Target(name, value, true, asked, value >= asked);
  }
}
