package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.compare.Event;
import dev.whorl.sim.machine.Service;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often what happened was named right.
 *
 * @param table counts: what happened, and what was said of it
 */
record Named(Map<Event, Map<Event, Integer>> table) {

  /** Counts what was said of genuine probes and of other machines'. */
  static Named of(List<Trial> trials) {
    Map<Event, Map<Event, Integer>> table = new EnumMap<>(Event.class);
    for (Trial trial : trials) {
      Event truth =
          trial.isGenuine() ? truth(trial.probe().visit().service()) : Event.OTHER_PRINTER;
      table
          .computeIfAbsent(truth, key -> new EnumMap<>(Event.class))
          .merge(trial.event(), 1, Integer::sum);
    }
    return new Named(table);
  }

  /** What an event is called that a service makes. */
  static Event truth(@Nullable Service service) {
    if (service == null) {
      return Event.NONE;
    }
    return switch (service) {
      case NOZZLE -> Event.NOZZLE_CHANGED;
      case RESEAT -> Event.NOZZLE_RESEATED;
      case BELT_X, BELT_Y -> Event.BELT_RETENSIONED;
      case EXTRUDER, TOOLHEAD -> Event.TOOLHEAD_CHANGED;
    };
  }

  /** Part of one kind that was named right, NaN where it never happened. */
  double right(Event event) {
    Map<Event, Integer> said = table.getOrDefault(event, Map.of());
    int all = said.values().stream().mapToInt(Integer::intValue).sum();
    return all == 0 ? Double.NaN : (double) said.getOrDefault(event, 0) / all;
  }

  /** Mean over the kinds that happened, each counting alike. */
  double right() {
    return table.keySet().stream().mapToDouble(this::right).average().orElse(Double.NaN);
  }
}
