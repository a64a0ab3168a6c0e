package dev.whorl.sim.machine;

import dev.whorl.sim.bed.NozzleFace;
import java.util.EnumMap;
import java.util.Map;

/**
 * A machine through its days: who it is (a seed, within the population of its model), how old, and
 * what was serviced when. Every part draws from its own stream, so that a service changes that part
 * and no other. Not thread-safe.
 */
public final class MachineLife {

  /** Re-tensioning moves the belt by some teeth and a fraction; a guess. */
  private static final double BELT_MOVE_SD_MM = 3;

  /** And shifts the resonance of its direction with the tension; a guess. */
  private static final double TENSION_LOG_SD = 0.08;

  /**
   * A direct-drive extruder is perhaps a third of the toolhead's mass, and masses differ little.
   */
  private static final double EXTRUDER_MASS_LOG_SD = 0.03;

  /** How far a nozzle ends up turned when tightened anew; a guess. */
  private static final double RESEAT_SD_DEG = 30;

  private final long seed;
  private final PrinterModel model;
  private final Kinematics kinematics;
  private final double boreMm;
  private final Map<Part, Integer> generations = new EnumMap<>(Part.class);
  private final Map<Part, Double> bornDay = new EnumMap<>(Part.class);
  private final Map<Service, Integer> services = new EnumMap<>(Service.class);
  private double day;

  /**
   * A machine as it left the works.
   *
   * @param seed who it is
   * @param model whose population it is drawn from
   * @param kinematics how it is built
   * @param boreMm its nozzle
   */
  public MachineLife(long seed, PrinterModel model, Kinematics kinematics, double boreMm) {
    this.seed = seed;
    this.model = model;
    this.kinematics = kinematics;
    this.boreMm = boreMm;
  }

  /** Age in days. */
  public double day() {
    return day;
  }

  /** Who it is. */
  public long seed() {
    return seed;
  }

  /** Its model. */
  public PrinterModel model() {
    return model;
  }

  /** Lets days pass. */
  public void age(double days) {
    if (!(days >= 0 && days <= 36_500)) {
      throw new IllegalArgumentException("a machine ages by 0 to 36500 days; here " + days);
    }
    day += days;
  }

  /** Does a service today. */
  public void service(Service service) {
    services.merge(service, 1, Integer::sum);
    switch (service) {
      case NOZZLE -> replace(Part.NOZZLE);
      case EXTRUDER -> replace(Part.EXTRUDER);
      case TOOLHEAD -> {
        replace(Part.TOOLHEAD);
        replace(Part.EXTRUDER);
      }
      case BELT_X, BELT_Y, RESEAT -> {
        // Counted only: the parts stay the same, their places change.
      }
    }
  }

  private void replace(Part part) {
    generations.merge(part, 1, Integer::sum);
    bornDay.put(part, day);
  }

  /**
   * The machine today.
   *
   * @param print number of the print, for what sticks to the nozzle changes with each
   */
  public Machine today(int print) {
    Resonance ringX = ring("x", model.resonanceXHz(), Service.BELT_X);
    Resonance ringY = ring("y", model.resonanceYHz(), Service.BELT_Y);
    return new Machine(
        kinematics,
        axis(Part.AXIS_X, Service.BELT_X),
        axis(Part.AXIS_Y, Service.BELT_Y),
        ringX,
        ringY,
        Gears.draw(Streams.of(partSeed(Part.EXTRUDER), "gears"))
            .aged(partSeed(Part.EXTRUDER), age(Part.EXTRUDER)),
        Hotend.draw(Streams.of(partSeed(Part.HOTEND), "hotend")),
        Geometry.draw(Streams.of(partSeed(Part.FRAME), "geometry")),
        NozzleFace.of(
            partSeed(Part.NOZZLE),
            boreMm,
            age(Part.NOZZLE),
            turnDeg(),
            Streams.seedOf(accidents(print), "residue")));
  }

  /** Seed of everything that befalls one print and says nothing about the machine. */
  public long accidents(int print) {
    return Streams.seedOf(seed, "print", print, Math.round(1e3 * day));
  }

  private Axis axis(Part part, Service retension) {
    Axis axis = Axis.draw(Streams.of(partSeed(part), "axis")).aged(partSeed(part), age(part));
    double movedMm = 0;
    for (int i = 1; i <= times(retension); i++) {
      movedMm += BELT_MOVE_SD_MM * Streams.normal(Streams.of(seed, "belt", retension, i));
    }
    return axis.retensioned(movedMm);
  }

  private Resonance ring(String axis, double medianHz, Service retension) {
    long toolhead = partSeed(Part.TOOLHEAD);
    double log = 0;
    for (int i = 1; i <= times(retension); i++) {
      log += TENSION_LOG_SD * Streams.normal(Streams.of(seed, "tension", retension, i));
    }
    for (int i = 1; i <= times(Service.EXTRUDER); i++) {
      log += EXTRUDER_MASS_LOG_SD * Streams.normal(Streams.of(seed, "mass", i));
    }
    return Resonance.draw(Streams.of(toolhead, "ring", axis), medianHz)
        .aged(toolhead, age(Part.TOOLHEAD), axis)
        .tuned(StrictMath.exp(log));
  }

  private double turnDeg() {
    double deg = 360 * Streams.of(partSeed(Part.NOZZLE), "turn").nextDouble();
    for (int i = 1; i <= times(Service.RESEAT); i++) {
      deg += RESEAT_SD_DEG * Streams.normal(Streams.of(seed, "reseat", i));
    }
    return deg;
  }

  private int times(Service service) {
    return services.getOrDefault(service, 0);
  }

  private double age(Part part) {
    return day - bornDay.getOrDefault(part, 0.0);
  }

  private long partSeed(Part part) {
    return Streams.seedOf(seed, part, generations.getOrDefault(part, 0));
  }
}
