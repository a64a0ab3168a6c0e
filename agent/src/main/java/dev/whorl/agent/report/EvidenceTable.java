package dev.whorl.agent.report;

import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.Comparison.ComponentEvidence;
import java.util.Locale;
import java.util.Map;

/** What every component said for and against one printer, as bars about a middle. */
final class EvidenceTable {
  private static final double WIDTH = 300;

  /** log10 LR that fills half of the bar; no component says more. */
  private static final double FULL = 6;

  private EvidenceTable() {}

  static String of(Comparison comparison) {
    StringBuilder table =
        new StringBuilder(
            "<div class=\"wide\"><table><tr><th>component<th>log10 LR<th>against one printer | for it"
                + "<th>replaced<th>turned or shifted");
    for (Map.Entry<String, ComponentEvidence> entry : comparison.components().entrySet()) {
      ComponentEvidence evidence = entry.getValue();
      table
          .append("<tr><th scope=\"row\">")
          .append(Html.escaped(entry.getKey()))
          .append("<td class=\"number\">")
          .append(String.format(Locale.ROOT, "%+.2f", evidence.log10Lr()))
          .append("<td>")
          .append(bar(evidence.log10Lr()))
          .append("<td class=\"number\">")
          .append(percent(evidence.changed()))
          .append("<td class=\"number\">")
          .append(percent(evidence.moved()));
    }
    return table.append("</table></div>").toString();
  }

  private static String bar(double log10Lr) {
    double length = WIDTH / 2 * Math.min(1, Math.abs(log10Lr) / FULL);
    return String.format(
        Locale.ROOT,
        "<svg viewBox=\"0 0 %.0f 14\" class=\"bars\" aria-hidden=\"true\">"
            + "<path class=\"frame\" d=\"M%.0f 0V14\"/>"
            + "<rect class=\"bar %s\" x=\"%.1f\" y=\"2\" width=\"%.1f\" height=\"10\"/></svg>",
        WIDTH,
        WIDTH / 2,
        (log10Lr < 0 ? Series.PROBE : Series.EARLIER).word(),
        log10Lr < 0 ? WIDTH / 2 - length : WIDTH / 2,
        length);
  }

  private static String percent(double probability) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * probability);
  }
}
