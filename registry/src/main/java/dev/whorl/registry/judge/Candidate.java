package dev.whorl.registry.judge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.ComparisonJson;
import dev.whorl.fingerprint.compare.Verdict;

/** A printer that may have made a coupon, and how well it fits. */
public record Candidate(String printer, Comparison comparison) {
  /** Whether it is taken for the maker, changed parts or not. */
  public boolean isMaker() {
    return isSamePrinter(comparison);
  }

  static boolean isSamePrinter(Comparison comparison) {
    return comparison.verdict() == Verdict.MATCH || comparison.verdict() == Verdict.DRIFT;
  }

  /** The comparison as JSON, with the printer it is about. */
  public ObjectNode toJson() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("printer", printer);
    node.setAll(ComparisonJson.tree(comparison));
    return node;
  }
}
