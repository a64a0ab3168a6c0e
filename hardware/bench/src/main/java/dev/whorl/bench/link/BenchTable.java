package dev.whorl.bench.link;

import java.util.List;
import java.util.Locale;

/** The findings as a person reads them. */
final class BenchTable {

  private BenchTable() {}

  static String of(List<Finding> findings) {
    int item = width(findings.stream().map(Finding::item).toList(), "item");
    int on = width(findings.stream().map(Finding::on).toList(), "on");
    String row = "%-" + item + "s  %-" + on + "s  %-3s  %s%n";
    StringBuilder table = new StringBuilder();
    table.append(String.format(Locale.ROOT, row, "item", "on", "met", "measured"));
    for (Finding finding : findings) {
      String asked = finding.asked().isEmpty() ? "" : "  [asked: " + finding.asked() + "]";
      Boolean met = finding.met();
      table.append(
          String.format(
              Locale.ROOT,
              row,
              finding.item(),
              finding.on(),
              met == null ? "" : met ? "yes" : "NO",
              finding.measured() + asked));
    }
    return table.append("On simulated printers; ").append(Machine.describe()).toString();
  }

  private static int width(List<String> texts, String head) {
    return Math.max(head.length(), texts.stream().mapToInt(String::length).max().orElse(0));
  }
}
