package dev.whorl.sim.machine;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One motor with its pulley and belt: where the carriage really is when the motor was told {@code
 * u}.
 *
 * @param waves errors in mm over belt travel in mm
 * @param scale error of length, mm per mm
 * @param backlashMm play when the direction reverses
 */
public record Axis(List<Wave> waves, double scale, double backlashMm) {

  /** Belt travel per turn of a 20-tooth GT2 pulley; its tooth is 2 mm. */
  static final double TURN_MM = 40;

  private static final double TOOTH_MM = 2;

  /** Four full steps of a 1.8 degree motor: 40 mm / 200 x 4. */
  private static final double ELECTRICAL_MM = 0.8;

  /** Amplitudes wander by a few percent a year; a guess, for no study of it is known to us. */
  private static final Drift AMPLITUDE_DRIFT = new Drift(0.003, 0.1);

  /** Belts creep and pulleys settle by some 0.1 mm a year; a guess likewise. */
  private static final Drift CREEP_MM = new Drift(0.005, 0.5);

  /** Keeps its own list. */
  public Axis {
    waves = List.copyOf(waves);
  }

  /**
   * Draws a motor, pulley and belt. Amplitudes, from surveys of vertical fine artefacts and run-out
   * tolerances of cheap pulleys: tooth mesh 5 to 20 um, run-out 5 to 30 um with falling harmonics,
   * electrical cycle and full step 1 to 5 um; each log-uniform. Scale 1e-4 to 1e-3 of either sign.
   * Backlash of a belt axis 5 to 30 um.
   *
   * @param random the part's stream
   */
  static Axis draw(SplittableRandom random) {
    double toothMm = 1e-3 * Streams.logUniform(random, 5, 20);
    double runOutMm = 1e-3 * Streams.logUniform(random, 5, 30);
    double electricalMm = 1e-3 * Streams.logUniform(random, 1, 5);
    double stepMm = 1e-3 * Streams.logUniform(random, 1, 5);
    List<Wave> waves =
        List.of(
            wave(random, TURN_MM, runOutMm),
            wave(random, TURN_MM / 2, runOutMm * between(random, 0.2, 0.4)),
            wave(random, TURN_MM / 3, runOutMm * between(random, 0.05, 0.2)),
            wave(random, TOOTH_MM, toothMm),
            wave(random, TOOTH_MM / 2, toothMm * between(random, 0.1, 0.3)),
            wave(random, ELECTRICAL_MM, electricalMm),
            wave(random, ELECTRICAL_MM / 4, stepMm));
    double scale = Streams.logUniform(random, 1e-4, 1e-3) * (random.nextBoolean() ? 1 : -1);
    double backlashMm = 1e-3 * Streams.logUniform(random, 5, 30);
    return new Axis(waves, scale, backlashMm);
  }

  /** The same axis some days on. */
  Axis aged(long seed, double days) {
    double creepMm = CREEP_MM.after(days, seed, "creep");
    return new Axis(
        waves.stream()
            .map(
                wave ->
                    wave.shifted(creepMm)
                        .scaled(
                            StrictMath.exp(
                                AMPLITUDE_DRIFT.after(
                                    days, seed, "amplitude", Math.round(1e3 * wave.period())))))
            .toList(),
        scale,
        backlashMm);
  }

  /** The same axis after its belt was moved on the pulleys by a length. */
  Axis retensioned(double byMm) {
    return new Axis(waves.stream().map(wave -> wave.shifted(byMm)).toList(), scale, backlashMm);
  }

  /** Error of position in mm at belt travel {@code u}, play left out. */
  public double errorMm(double u) {
    double sum = scale * u;
    for (Wave wave : waves) {
      sum += wave.at(u);
    }
    return sum;
  }

  private static Wave wave(SplittableRandom random, double periodMm, double amplitudeMm) {
    return new Wave(periodMm, amplitudeMm, 2 * Math.PI * random.nextDouble());
  }

  private static double between(SplittableRandom random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
