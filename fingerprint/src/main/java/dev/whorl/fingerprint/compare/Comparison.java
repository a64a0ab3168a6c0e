package dev.whorl.fingerprint.compare;

import dev.whorl.fingerprint.Axis;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What two fingerprints say about each other.
 *
 * @param log10Lr log10 of how much likelier they are if one printer made both than if two of the
 *     same model did
 * @param log10LrLow the least of it if parts are changed four times as often as taken, or a quarter
 * @param log10LrHigh the most of it likewise
 * @param verdict what that comes to
 * @param event what most likely happened in between
 * @param components each component measured in both, by its name in a fingerprint's JSON
 * @param beltShifts by how much each belt moved along its pulley, if it did; empty where a belt
 *     that was re-tensioned is not likelier than 1 in 10
 * @param nozzleTurnDeg by how much the nozzle is turned, counter-clockwise, if it was put back;
 *     null where that is not likelier than 1 in 10
 * @param sentence the same for a person
 */
public record Comparison(
    double log10Lr,
    double log10LrLow,
    double log10LrHigh,
    Verdict verdict,
    Event event,
    Map<String, ComponentEvidence> components,
    Map<Axis, Shift> beltShifts,
    @Nullable Double nozzleTurnDeg,
    String sentence) {
  public Comparison {
    components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
    beltShifts = Collections.unmodifiableMap(new TreeMap<>(beltShifts));
  }

  /** Two fingerprints that have nothing in common. */
  static Comparison none(String reason) {
    return new Comparison(
        0,
        0,
        0,
        Verdict.INSUFFICIENT,
        Event.UNKNOWN,
        Map.of(),
        Map.of(),
        null,
        "Not comparable: " + reason + ".");
  }

  /**
   * How far a belt moved along its pulley.
   *
   * @param mm the likeliest length
   * @param seMm its standard error about there; other lengths a whole tooth away may be nearly as
   *     likely
   */
  public record Shift(double mm, double seMm) {}

  /**
   * What one component says.
   *
   * @param log10Lr log10 of how much likelier its two measurements are if they are of the same part
   * @param changed the posterior probability that this part was replaced in between, if it is the
   *     same printer
   * @param moved the posterior probability that it was kept but put back otherwise: a nozzle
   *     turned, a belt moved along its pulley
   */
  public record ComponentEvidence(double log10Lr, double changed, double moved) {}
}
