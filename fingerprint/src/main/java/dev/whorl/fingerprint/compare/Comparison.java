package dev.whorl.fingerprint.compare;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What two fingerprints say about each other.
 *
 * @param log10Lr log10 of how much likelier they are if one printer made both than if two of the
 *     same model did
 * @param verdict what that comes to
 * @param event what most likely happened in between
 * @param components each component measured in both, by its name in a fingerprint's JSON
 * @param sentence the same for a person
 */
public record Comparison(
    double log10Lr,
    Verdict verdict,
    Event event,
    Map<String, ComponentEvidence> components,
    String sentence) {
  public Comparison {
    components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
  }

  /**
   * What one component says.
   *
   * @param log10Lr log10 of how much likelier its two measurements are if they are of the same part
   * @param changed the posterior probability that this part was replaced in between, if it is the
   *     same printer
   */
  public record ComponentEvidence(double log10Lr, double changed) {}
}
