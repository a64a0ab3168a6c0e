package dev.whorl.bench.feature;

import dev.whorl.fingerprint.Claim;
import dev.whorl.fingerprint.Quality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a coupon measures a machine, fitted on rendered coupons of machines whose truth is known.
 * What is systematic is a linear map of the truth; what is left of each coupon is kept whole, as
 * readings that a drawn coupon borrows: so tails stay as heavy as they are, and a bad coupon is bad
 * in all its components.
 *
 * @param fittedOn on what
 * @param first the axis of the first motor
 * @param second the axis of the second motor
 * @param plough the nozzle's marks
 * @param readings of single coupons, what the linear maps leave of them
 */
public record MeasurementModel(
    FittedOn fittedOn,
    AxisMap first,
    AxisMap second,
    PloughMap plough,
    List<CouponReading> readings) {

  /**
   * What it was fitted on.
   *
   * @param algorithm what measured
   * @param model the printers' model
   * @param machines how many
   * @param coupons how many that could be read
   * @param refused how many that could not
   * @param seed of the fleet
   * @param simulated always true: only a simulator knows the truth
   */
  public record FittedOn(
      String algorithm,
      String model,
      int machines,
      int coupons,
      int refused,
      long seed,
      boolean simulated) {}

  /**
   * How an axis is measured: value j is the sum over i of {@code gain[j][i]} times the truth's i,
   * plus an error. The truth has the machine's waves, also those that no fit asks for: they leak.
   *
   * @param periodsMm of the values
   * @param wavesMm periods of the truth
   * @param gain one row for each value (cosine and sine of each period), one column for each cosine
   *     and sine of the truth
   * @param backlashGain how much of the true backlash is measured
   * @param backlashOffsetUm what is measured of none
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record AxisMap(
      double[] periodsMm,
      double[] wavesMm,
      double[][] gain,
      double backlashGain,
      double backlashOffsetUm) {}

  /**
   * How a stroke's profile follows from the nozzle's imprint: filtered as press, plastic and camera
   * filter it, differently under the bore, under the flat and at its edge; plus what they make of
   * this nozzle beyond that, alike in every print; plus what is of this print alone.
   *
   * @param stepUm spacing of samples
   * @param samples of a profile
   * @param headingsDeg the strokes
   * @param taps filter of each zone, from the middle outwards, odd in number
   * @param sd of the remainder, by place across the stroke
   * @param repeated share of the remainder's variance that the next print repeats
   * @param yearKept correlation of that part with itself a year later
   * @param repeatedSpectrum of the repeated part, by whole waves per {@code 2 samples}
   * @param printSpectrum of this print's part
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record PloughMap(
      double stepUm,
      int samples,
      double[] headingsDeg,
      double[][] taps,
      double[] sd,
      double repeated,
      double yearKept,
      double[] repeatedSpectrum,
      double[] printSpectrum) {}

  /**
   * What the maps leave of one coupon.
   *
   * @param ringXHz what the machine's frame truly did, by which a like coupon is found
   * @param toothRipple true ripple of flow, likewise
   */
  public record CouponReading(
      Quality quality,
      Claim claim,
      double ringXHz,
      double ringXZeta,
      double ringYHz,
      double ringYZeta,
      double toothRipple,
      @Nullable AxisReading first,
      @Nullable AxisReading second,
      @Nullable RingReading ringX,
      @Nullable RingReading ringY,
      @Nullable FlowReading flow,
      @Nullable List<StrokeReading> strokes) {}

  /**
   * Of an axis.
   *
   * @param covarianceUm2 as the coupon stated it, upper triangle
   * @param shared what all coupons of this machine err by alike, over what the covariance leads to
   *     expect
   * @param whitened what this coupon errs by besides, likewise; both together have unit variance if
   *     the covariance is right
   * @param backlash error over its standard error, null where not measured
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record AxisReading(
      double[] covarianceUm2,
      double[] shared,
      double[] whitened,
      @Nullable Double backlash,
      @Nullable Double backlashSeUm,
      double scatterUm,
      int beads) {}

  /** Of a direction of ringing: logarithms of measured over true, and relative errors stated. */
  public record RingReading(
      double logHz,
      double hzSe,
      double logZeta,
      double zetaSe,
      double amplitudeUm,
      double amplitudeSe) {}

  /** Of the extruder: logarithms of measured over true, and relative errors stated. */
  public record FlowReading(
      double logPeriod, double periodSe, double logAmplitude, double amplitudeSe) {}

  /**
   * Of a stroke.
   *
   * @param contrast how much of the usual relief shows
   * @param asideUm how far the profile lies beside its place
   * @param remainder this print's part over the usual
   * @param noise as stated
   * @param reliabilityOff reliability as stated less what noise and relief would make it
   */
  public record StrokeReading(
      double headingDeg,
      double contrast,
      double asideUm,
      double remainder,
      double noise,
      double reliabilityOff) {}
}
