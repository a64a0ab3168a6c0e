package dev.whorl.bench.fleet;

import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.machine.Service;
import dev.whorl.sim.machine.Streams;
import java.util.Locale;

/**
 * One machine of a fleet. All fleets are drawn from one population, that of {@link MachineLife};
 * which set and which number decides all of a machine, so that no two sets share one.
 *
 * @param set which fleet it belongs to
 * @param index its number there, from 0
 * @param fleetSeed seed of the whole run
 * @param model whose population it is drawn from
 */
public record FleetMachine(Set set, int index, long fleetSeed, PrinterModel model) {
  /** Fleets that share no machine. */
  public enum Set {
    /** The measurement model and the score models are fitted on these. */
    TRAINING,
    /** The threshold is fixed on these. */
    CALIBRATION,
    /** Figures are counted on these. */
    TEST,
    /** Enrolled beside the test machines for the open search. */
    CROWD,
    /** Never enrolled. */
    UNKNOWN;

    /** As written in files. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final double BORE_MM = 0.4;

  /** Seed of the machine: who it is. */
  public long seed() {
    return Streams.seedOf(fleetSeed, "fleet", set, index);
  }

  /** Its name, for instance {@code test-0007}. */
  public String id() {
    return String.format(Locale.ROOT, "%s-%04d", set.key(), index);
  }

  /** The machine as a visit finds it. */
  public MachineLife at(Visit visit) {
    MachineLife life = new MachineLife(seed(), model, model.kinematics(), BORE_MM);
    life.age(visit.day());
    Service service = visit.service();
    if (service != null) {
      life.service(service);
    }
    return life;
  }
}
