package dev.whorl.sim.faults;

import dev.whorl.sim.machine.Streams;
import dev.whorl.sim.pty.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which faults a printer has, and the seed by which they strike. */
public final class Faults {

  private static final List<String> PROBABLE = List.of("corrupt", "corrupt-in", "corrupt-out");

  private final Map<String, Double> probability = new TreeMap<>();
  private final long seed;

  private Faults(long seed) {
    this.seed = seed;
  }

  /** No faults. */
  public static Faults none() {
    return new Faults(0);
  }

  /**
   * Reads a list of faults.
   *
   * @param list as in {@code corrupt=0.01}, separated by commas
   * @param seed the same seed makes the same faults in the same traffic
   * @throws IllegalArgumentException when one is unknown or wrong; the message is for a person
   */
  public static Faults parse(String list, long seed) {
    Faults faults = new Faults(seed);
    for (String item : list.split(",")) {
      if (!item.isBlank()) {
        faults.add(item.strip());
      }
    }
    return faults;
  }

  private void add(String item) {
    int equals = item.indexOf('=');
    String name = equals < 0 ? item : item.substring(0, equals);
    if (!PROBABLE.contains(name)) {
      throw new IllegalArgumentException(
          "there is no fault " + item + "; there is " + String.join(", ", PROBABLE));
    }
    double value;
    try {
      value = equals < 0 ? Double.NaN : Double.parseDouble(item.substring(equals + 1));
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "fault " + item + " needs a probability from 0 to 1, as in " + name + "=0.01");
    }
    probability.put(name, value);
  }

  private double chance(String name) {
    return probability.getOrDefault(name, 0.0);
  }

  /** The wire with its faults. */
  public Wire around(Wire wire) {
    List<Noise> in = corruption("in");
    List<Noise> out = corruption("out");
    return in.isEmpty() && out.isEmpty() ? wire : new NoisyWire(wire, in, out);
  }

  private List<Noise> corruption(String direction) {
    List<Noise> noises = new ArrayList<>();
    double both = chance("corrupt");
    double one = Math.max(both, chance("corrupt-" + direction));
    if (one > 0) {
      noises.add(new Corruption(one, Streams.of(seed, "corrupt", direction)));
    }
    return noises;
  }
}
