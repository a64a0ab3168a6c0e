package dev.whorl.bench.surface;

import java.util.ArrayList;
import java.util.List;

/** What one disturbance came to, over all printers. */
final class Effect {
  private final String disturbance;
  private final List<Double> genuine = new ArrayList<>();
  private final List<Double> impostors = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  Effect(String disturbance) {
    this.disturbance = disturbance;
  }

  void genuine(double log10Lr) {
    genuine.add(log10Lr);
  }

  void impostor(double log10Lr) {
    impostors.add(log10Lr);
  }

  /** A capture that the quality gate refused, and why. */
  void refused(String why) {
    refusals.add(why);
  }

  String disturbance() {
    return disturbance;
  }

  /** log10 LR of coupons and the printers that made them, rising. */
  List<Double> genuine() {
    return genuine.stream().sorted().toList();
  }

  /** log10 LR of coupons and other printers, rising. */
  List<Double> impostors() {
    return impostors.stream().sorted().toList();
  }

  List<String> refusals() {
    return List.copyOf(refusals);
  }
}
