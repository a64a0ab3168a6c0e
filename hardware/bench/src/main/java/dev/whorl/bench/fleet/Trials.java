package dev.whorl.bench.fleet;

import dev.whorl.common.cli.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Comparisons at scale, on all processors. */
final class Trials {
  private Trials() {}

  /**
   * Compares every probe with its own machine and with some others. The others are spread evenly:
   * each machine is the reference of as many probes.
   *
   * @param task names the work to whoever waits
   * @param others with how many others, at most all
   * @param altered what is done to each probe before it is compared
   */
  static List<Trial> of(
      String task,
      FleetData fleet,
      List<Probe> probes,
      int others,
      Judge judge,
      UnaryOperator<Probe> altered) {
    List<Enrolled> enrolled = fleet.enrolled();
    Map<FleetMachine, Integer> places = new HashMap<>();
    for (int i = 0; i < enrolled.size(); i++) {
      places.put(enrolled.get(i).machine(), i);
    }
    try (Progress progress = Progress.of(task, probes.size())) {
      List<List<Trial>> all =
          IntStream.range(0, probes.size())
              .parallel()
              .mapToObj(
                  i -> {
                    List<Trial> trials =
                        of(probes.get(i), altered, i, places, enrolled, others, judge);
                    progress.step(1);
                    return trials;
                  })
              .toList();
      return all.stream().flatMap(List::stream).toList();
    }
  }

  private static List<Trial> of(
      Probe probe,
      UnaryOperator<Probe> altered,
      int number,
      Map<FleetMachine, Integer> places,
      List<Enrolled> enrolled,
      int others,
      Judge judge) {
    List<Trial> trials = new ArrayList<>();
    Probe compared = altered.apply(probe);
    Integer own = places.get(probe.machine());
    if (own != null) {
      trials.add(trial(probe, compared, enrolled.get(own), judge));
    }
    int machines = enrolled.size() - (own == null ? 0 : 1);
    int n = Math.min(others, machines);
    int base = own == null ? 0 : own + 1;
    for (int k = 0; k < n; k++) {
      // A stride of its own for each probe, so that neighbours do not always meet.
      long step = 1 + (long) (number * 0.618_033_988_75 % 1 * machines + (double) k * machines / n);
      int place = (int) ((base + (step - 1) % machines) % enrolled.size());
      trials.add(trial(probe, compared, enrolled.get(place), judge));
    }
    return trials;
  }

  private static Trial trial(Probe probe, Probe compared, Enrolled enrolled, Judge judge) {
    return Trial.of(probe, enrolled, judge.compare(enrolled, compared.fingerprint()));
  }
}
