package dev.whorl.bench.fleet;

import java.util.List;
import java.util.Locale;

/** What a comparison's parts are counted under; an axis is called by its number. */
enum Component {
  NOZZLE("nozzle"),
  FIRST_AXIS("axis_x", "axis_a"),
  SECOND_AXIS("axis_y", "axis_b"),
  RINGING("ringing"),
  FLOW("flow"),
  GEOMETRY("geometry"),
  VIBRATION("vibration"),
  MESH("mesh");

  private final List<String> names;

  Component(String... names) {
    this.names = List.of(names);
  }

  /** The names it has in a comparison. */
  List<String> names() {
    return names;
  }

  /** As written in reports. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
