package dev.whorl.bench.fleet;

import dev.whorl.sim.machine.Service;
import dev.whorl.sim.machine.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which coupons a machine prints. A service happens to it alone: the other visits do not see it.
 */
public final class Protocol {
  private static final double YEAR_DAYS = 365;
  private static final double EARLIEST_SERVICE_DAY = 5;
  private static final double LATEST_SERVICE_DAY = 60;

  private Protocol() {}

  /** The three coupons of the first day. */
  public static List<Visit> enrolment() {
    return List.of(
        new Visit("enrolment-1", Group.ENROLMENT, 0, null),
        new Visit("enrolment-2", Group.ENROLMENT, 0.05, null),
        new Visit("enrolment-3", Group.ENROLMENT, 0.1, null));
  }

  /**
   * What decides about the targets: enrolment, and two probes each fresh, of a year and serviced.
   * Kinds of service go round, so that a fleet has as many of each.
   */
  public static List<Visit> core(FleetMachine machine) {
    List<Visit> visits = new ArrayList<>(enrolment());
    visits.add(new Visit("fresh-1", Group.FRESH, 1, null));
    visits.add(new Visit("fresh-2", Group.FRESH, 7, null));
    visits.add(new Visit("year-1", Group.YEAR, YEAR_DAYS, null));
    visits.add(new Visit("year-2", Group.YEAR, YEAR_DAYS + 1, null));
    Service[] kinds = Service.values();
    SplittableRandom random = Streams.of(machine.seed(), "protocol");
    for (int i = 0; i < 2; i++) {
      // Two probes, two kinds of service, each beside every other within a round of the kinds.
      int kind = (machine.index() + i * (1 + machine.index() / kinds.length)) % kinds.length;
      double day = random.nextDouble(EARLIEST_SERVICE_DAY, LATEST_SERVICE_DAY);
      visits.add(new Visit("serviced-" + (i + 1), Group.SERVICED, day, kinds[kind]));
    }
    return visits;
  }

  /** The core and what shows drift: probes of a month, three months and half a year. */
  public static List<Visit> whole(FleetMachine machine) {
    List<Visit> visits = new ArrayList<>(core(machine));
    visits.add(new Visit("month-1", Group.MONTH, 30, null));
    visits.add(new Visit("quarter-1", Group.QUARTER, 91, null));
    visits.add(new Visit("quarter-2", Group.QUARTER, 92, null));
    visits.add(new Visit("half-year-1", Group.HALF_YEAR, 182, null));
    return visits;
  }

  /** What tells how exactly a coupon measures: two prints of one day, and one a year later. */
  public static List<Visit> training() {
    return List.of(
        new Visit("enrolment-1", Group.ENROLMENT, 0, null),
        new Visit("enrolment-2", Group.ENROLMENT, 0.05, null),
        new Visit("year-1", Group.YEAR, YEAR_DAYS, null));
  }
}
