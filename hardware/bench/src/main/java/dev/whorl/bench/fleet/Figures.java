package dev.whorl.bench.fleet;

import dev.whorl.bench.feature.MeasurementModel;
import dev.whorl.fingerprint.compare.ScoreModels;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run found.
 *
 * @param measurement on what the drawn fingerprints' errors were fitted
 * @param test the test fleet
 * @param rates at the threshold of the calibration fleet, by group of probes
 * @param all the same of fresh, year-old and serviced probes together
 * @param kinds the same of serviced probes by what was serviced
 * @param scores fused scores by group, and of what {@code all} counts
 * @param scales on what the ratios' scales were fitted
 * @param named what happened, by how many times the usual rates of change were assumed
 * @param components each component alone and the fusion without it, by age
 * @param ageing own scores over a year
 * @param open search with strangers about, null if it was not asked for
 * @param ringing read from images, null if none were rendered
 * @param slip of moved belts
 * @param agreement of drawn with rendered fingerprints
 * @param targets what is asked
 */
record Figures(
    MeasurementModel.FittedOn measurement,
    Counts test,
    Map<Group, Rates> rates,
    Rates all,
    Map<String, Rates> kinds,
    Map<String, Alone> scores,
    ScoreModels.FittedOn scales,
    Map<String, Named> named,
    List<Ablation> components,
    List<Ageing> ageing,
    @Nullable OpenSearch open,
    @Nullable RingingError ringing,
    BeltSlip slip,
    List<Agreement> agreement,
    List<Target> targets) {

  /**
   * How many.
   *
   * @param rendered machines printed, photographed and read
   * @param refused coupons that could not be read
   * @param notEnrolled machines without a coupon to enrol
   */
  record Counts(
      int machines, int rendered, int coupons, int refused, int notEnrolled, int calibration) {}

  /**
   * A component at one age.
   *
   * @param component which
   * @param alone by itself
   * @param without the fusion of all others
   */
  record Ablation(Component component, Alone alone, @Nullable Alone without) {}

  /** Whether everything that is asked is met. */
  boolean met() {
    return targets.stream().allMatch(Target::met);
  }
}
