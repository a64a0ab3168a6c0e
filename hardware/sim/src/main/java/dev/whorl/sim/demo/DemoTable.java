package dev.whorl.sim.demo;

import java.util.List;
import java.util.Locale;

/** The verdicts as a person reads them. */
final class DemoTable {
  private static final String ROW = "%-22s %-10s %-12s %-18s %12s  %s%n";

  private DemoTable() {}

  static String of(List<DemoCase> cases) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT, ROW, "case", "printer", "verdict", "event", "evidence", "expected"));
    for (DemoCase one : cases) {
      table.append(
          String.format(
              Locale.ROOT,
              ROW,
              one.name(),
              one.printer(),
              one.verdict(),
              one.event(),
              String.format(Locale.ROOT, "10^%+.1f", one.log10Lr()),
              one.right() ? "yes" : "NO, " + one.expected()));
    }
    return table
        .append(
            "evidence: how many times likelier the coupon is if that printer made it than if"
                + " another of its model did")
        .toString();
  }
}
