package dev.whorl.sim.faults;

import dev.whorl.sim.firmware.Fatality;
import dev.whorl.sim.machine.Streams;
import dev.whorl.sim.pty.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Which faults a printer has, and the seed by which they strike. */
public final class Faults {

  /** What is written how, for a person. */
  public static final String FORMS =
      "corrupt=P, corrupt-in=P, corrupt-out=P, garbage=P, lost-ok=P, doubled-ok=P,"
          + " doubled-resend=P, stale-resend=P, resend-storm@LINE, resend-outside@LINE, reset@LINE,"
          + " zero-reset@LINE, fatal=NAME@LINE, silence@LINE, deaf@LINE, endless@LINE,"
          + " slow=MS, thermistor-stuck[@LINE], heater-stuck-on[@LINE], no-heat[@LINE]";

  private static final Set<String> PROBABLE =
      Set.of(
          "corrupt",
          "corrupt-in",
          "corrupt-out",
          "garbage",
          "lost-ok",
          "doubled-ok",
          "doubled-resend",
          "stale-resend");

  private static final Set<String> RESENDS =
      Set.of("doubled-resend", "stale-resend", "resend-storm", "resend-outside");

  private static final double MOST_SLOW_MS = 60_000;

  private final Map<String, Double> number = new TreeMap<>();
  private final List<Strike> strikes = new ArrayList<>();
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
   * @param list as in {@code corrupt=0.01,reset@500}, separated by commas
   * @param seed the same seed makes the same faults in the same traffic
   * @throws IllegalArgumentException when one is unknown or wrong; the message is for a person
   */
  public static Faults parse(String list, long seed) {
    Faults faults = new Faults(seed);
    for (String item : list.split(",", -1)) {
      if (!item.isBlank()) {
        faults.add(item.strip());
      }
    }
    return faults;
  }

  private void add(String item) {
    int at = item.indexOf('@');
    String before = at < 0 ? item : item.substring(0, at);
    int equals = before.indexOf('=');
    String name = equals < 0 ? before : before.substring(0, equals);
    String argument = equals < 0 ? "" : before.substring(equals + 1);
    if (PROBABLE.contains(name)) {
      refuseUnless(at < 0, item, "strikes by chance, not at a line");
      number.put(
          name, number(argument, 1, item, "a probability from 0 to 1, as in " + name + "=0.01"));
    } else if (name.equals("slow")) {
      refuseUnless(at < 0, item, "slows every line");
      number.put(name, number(argument, MOST_SLOW_MS, item, "0 to 60000 ms, as in slow=20"));
    } else if (name.equals("resend-storm") || name.equals("resend-outside")) {
      refuseUnless(argument.isEmpty(), item, "takes no value");
      number.put(name, (double) line(item, at));
    } else if (name.equals("fatal") && Fatality.of(argument).isEmpty()) {
      throw new IllegalArgumentException(
          "fault "
              + item
              + " needs a name and a line, as in fatal=maxtemp@500; names are "
              + Arrays.stream(Fatality.values())
                  .map(Fatality::word)
                  .collect(Collectors.joining(", ")));
    } else {
      refuseUnless(argument.isEmpty() || name.equals("fatal"), item, "takes no value");
      long line = at < 0 && Strike.mayBeConstant(name) ? 0 : known(name) ? line(item, at) : 0;
      Strike strike = Strike.of(name, argument, line);
      if (strike == null) {
        throw new IllegalArgumentException("there is no fault " + item + "; there is " + FORMS);
      }
      strikes.add(strike);
    }
  }

  private static boolean known(String name) {
    return Strike.of(name, Fatality.KILL.word(), 0) != null;
  }

  private static void refuseUnless(boolean right, String item, String why) {
    if (!right) {
      String name = item.split("[=@]", 2)[0];
      throw new IllegalArgumentException(
          known(name) || PROBABLE.contains(name) || RESENDS.contains(name) || name.equals("slow")
              ? "fault " + item + ": " + name + " " + why
              : "there is no fault " + item + "; there is " + FORMS);
    }
  }

  private static double number(String text, double most, String item, String what) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException("fault " + item + " needs " + what);
    }
    return value;
  }

  private static long line(String item, int at) {
    long line;
    try {
      line = at < 0 ? -1 : Long.parseLong(item.substring(at + 1));
    } catch (NumberFormatException e) {
      line = -1;
    }
    if (line < 1 || line > 1_000_000_000) {
      String name = at < 0 ? item : item.substring(0, at);
      throw new IllegalArgumentException(
          "fault " + item + " needs the number of a line, as in " + name + "@500");
    }
    return line;
  }

  private double value(String name) {
    return number.getOrDefault(name, 0.0);
  }

  /** Whether one of them is about asking again, which not every firmware does. */
  public boolean needResends() {
    return number.keySet().stream().anyMatch(RESENDS::contains);
  }

  /** The wire with its faults. */
  public Wire around(Wire wire) {
    List<Noise> in = new ArrayList<>();
    List<Noise> out = new ArrayList<>();
    if (value("garbage") > 0) {
      out.add(new Garbage(value("garbage"), Streams.of(seed, "garbage")));
    }
    corrupt(in, "in");
    corrupt(out, "out");
    return in.isEmpty() && out.isEmpty() ? wire : new NoisyWire(wire, in, out);
  }

  private void corrupt(List<Noise> noises, String direction) {
    double probability = Math.max(value("corrupt"), value("corrupt-" + direction));
    if (probability > 0) {
      noises.add(new Corruption(probability, Streams.of(seed, "corrupt", direction)));
    }
  }

  /** What becomes of each line that the firmware says: takes it and where it goes. */
  public BiConsumer<String, Consumer<String>> answers() {
    return new Answers(
            value("lost-ok"),
            value("doubled-ok"),
            value("doubled-resend"),
            Streams.of(seed, "answers"))
        ::pass;
  }

  /** What befalls the firmware at its lines. */
  public Striking striking(Victim victim) {
    return new Striking(
        strikes,
        (long) (double) number.getOrDefault("resend-storm", -1.0),
        (long) (double) number.getOrDefault("resend-outside", -1.0),
        value("stale-resend"),
        value("slow"),
        Streams.of(seed, "stale"),
        victim);
  }
}
