package dev.whorl.fingerprint.compare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Comparisons as JSON. */
public final class ComparisonJson {
  private ComparisonJson() {}

  /** The comparison as a tree, to be written or put into a larger object. */
  public static ObjectNode tree(Comparison comparison) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("log10_lr", rounded(comparison.log10Lr()));
    root.put("verdict", comparison.verdict().key());
    root.put("event", comparison.event().key());
    ObjectNode components = root.putObject("components");
    comparison
        .components()
        .forEach(
            (name, evidence) ->
                components
                    .putObject(name)
                    .put("log10_lr", rounded(evidence.log10Lr()))
                    .put("changed", rounded(evidence.changed()))
                    .put("moved", rounded(evidence.moved())));
    root.putArray("log10_lr_band")
        .add(rounded(comparison.log10LrLow()))
        .add(rounded(comparison.log10LrHigh()));
    if (!comparison.beltShifts().isEmpty()) {
      ObjectNode shifts = root.putObject("belt_shift_mm");
      comparison
          .beltShifts()
          .forEach(
              (axis, shift) ->
                  shifts
                      .putObject(axis.component())
                      .put("mm", rounded(shift.mm()))
                      .put("se_mm", rounded(shift.seMm())));
    }
    if (comparison.nozzleTurnDeg() != null) {
      root.put("nozzle_turn_deg", rounded(comparison.nozzleTurnDeg()));
    }
    root.put("sentence", comparison.sentence());
    return root;
  }

  private static double rounded(double value) {
    return new BigDecimal(value).setScale(4, RoundingMode.HALF_EVEN).doubleValue();
  }
}
