package dev.whorl.fingerprint.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;

/** Evaluations as JSON. */
public final class EvaluationJson {
  private static final MathContext DIGITS = new MathContext(6);

  private EvaluationJson() {}

  /** The figures as a tree; the operating points are left out. */
  public static ObjectNode tree(Evaluation evaluation) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("printers", evaluation.printers());
    root.put("genuine", evaluation.genuine());
    root.put("impostor", evaluation.impostor());
    put(root, "eer", evaluation.eer());
    ObjectNode fnmr = root.putObject("fnmr_at_fmr");
    evaluation.fnmrAtFmr().forEach((name, value) -> put(fnmr, name, value));
    put(root, "cllr", evaluation.cllr());
    put(root, "cllr_min", evaluation.cllrMin());
    put(root, "rank1", evaluation.rank1());
    ObjectNode openSet = root.putObject("open_set");
    put(openSet, "log10_threshold", evaluation.openSet().log10Threshold());
    put(openSet, "fpir", evaluation.openSet().fpir());
    put(openSet, "fnir", evaluation.openSet().fnir());
    ObjectNode limits = root.putObject("limits");
    evaluation
        .limits()
        .forEach(
            (name, limit) ->
                limits.putArray(name).add(rounded(limit.low())).add(rounded(limit.high())));
    return root;
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, rounded(value));
    } else {
      node.putNull(name);
    }
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }
}
