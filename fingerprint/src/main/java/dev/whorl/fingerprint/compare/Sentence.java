package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.compare.Comparison.ComponentEvidence;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says a comparison in words. */
final class Sentence {
  private static final double LIKELY = 0.5;

  /** log10 from which a component is said to speak against. */
  private static final double AGAINST = -0.5;

  private Sentence() {}

  static String of(
      double log10,
      Verdict verdict,
      Event event,
      Map<String, ComponentEvidence> components,
      double claim) {
    String ratio =
        String.format(
            Locale.ROOT,
            "what was measured is 10^%.1f times %s if one printer made both",
            Math.abs(log10),
            log10 < 0 ? "less likely" : "likelier");
    String sentence =
        switch (verdict) {
          case MATCH -> "The same printer, unchanged: " + ratio;
          case DRIFT -> "The same printer, but " + happened(event, components) + ": " + ratio;
          case MISMATCH -> "Another printer: " + ratio + against(components);
          case INSUFFICIENT -> "Not enough to tell: " + ratio + against(components);
        };
    if (claim < 0) {
      sentence += "; the markers name two different printers";
    }
    return sentence + ".";
  }

  private static String happened(Event event, Map<String, ComponentEvidence> components) {
    return switch (event) {
      case NOZZLE_CHANGED -> "its nozzle was changed";
      case NOZZLE_RESEATED -> "its nozzle was turned in its seat";
      case BELT_RETENSIONED -> "a belt was re-tensioned";
      case TOOLHEAD_CHANGED -> "its toolhead or extruder was changed";
      case NONE, OTHER_PRINTER, UNKNOWN ->
          "something changed on it ("
              + components.entrySet().stream()
                  .filter(
                      entry ->
                          entry.getValue().changed() > LIKELY
                              || entry.getValue().log10Lr() < AGAINST)
                  .map(Map.Entry::getKey)
                  .collect(Collectors.joining(", "))
              + ")";
    };
  }

  private static String against(Map<String, ComponentEvidence> components) {
    String against =
        components.entrySet().stream()
            .filter(entry -> entry.getValue().log10Lr() < AGAINST)
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    return against.isEmpty() ? "" : "; against it: " + against;
  }
}
