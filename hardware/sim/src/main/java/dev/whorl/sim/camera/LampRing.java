package dev.whorl.sim.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rings of lamps that {@code sim camera} knows by name, evenly spaced from machine +X
 * counter-clockwise, 25 degrees high, 120 mm away. Names are the compass points nearest to where
 * the lamp stands, +Y being north:
 *
 * <table>
 * <caption>Lamps and their azimuths in degrees</caption>
 * <tr><td>3</td><td>e 0, nw 120, sw 240</td></tr>
 * <tr><td>4</td><td>e 0, n 90, w 180, s 270</td></tr>
 * <tr><td>6</td><td>e 0, ne 60, nw 120, w 180, sw 240, se 300</td></tr>
 * <tr><td>8</td><td>e 0, ne 45, n 90, nw 135, w 180, sw 225, s 270, se 315</td></tr>
 * </table>
 */
public final class LampRing {

  static final double ELEVATION_DEG = 25;
  static final double DISTANCE_MM = 120;

  private final List<SimLamp> lamps;

  private LampRing(List<SimLamp> lamps) {
    this.lamps = lamps;
  }

  /**
   * A ring.
   *
   * @param count 3, 4, 6 or 8
   */
  public static LampRing of(int count) {
    List<String> names =
        switch (count) {
          case 3 -> List.of("e", "nw", "sw");
          case 4 -> List.of("e", "n", "w", "s");
          case 6 -> List.of("e", "ne", "nw", "w", "sw", "se");
          case 8 -> List.of("e", "ne", "n", "nw", "w", "sw", "s", "se");
          default ->
              throw new IllegalArgumentException(
                  "no ring of " + count + " lamps; choose 3, 4, 6 or 8");
        };
    List<SimLamp> lamps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lamps.add(new SimLamp(names.get(i), 360.0 * i / count, ELEVATION_DEG, DISTANCE_MM));
    }
    return new LampRing(lamps);
  }

  Optional<SimLamp> named(String name) {
    return lamps.stream().filter(lamp -> lamp.name().equals(name)).findFirst();
  }

  /** Its lamps, counter-clockwise. */
  public List<SimLamp> lamps() {
    return List.copyOf(lamps);
  }
}
