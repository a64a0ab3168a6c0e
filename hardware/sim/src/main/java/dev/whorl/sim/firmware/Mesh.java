package dev.whorl.sim.firmware;

import java.util.Locale;
import java.util.function.Consumer;

/** The bed as a probe finds it, in the words of M420 V. */
final class Mesh {

  /** In each direction. */
  private static final int POINTS = 5;

  private final Consumer<String> say;
  private final Mechanics mechanics;
  private final double[] travelMm;

  Mesh(Consumer<String> say, Mechanics mechanics, double[] travelMm) {
    this.say = say;
    this.mechanics = mechanics;
    this.travelMm = travelMm;
  }

  /** Says it. */
  void say() {
    say.accept("Bilinear Leveling Grid:");
    StringBuilder head = new StringBuilder();
    for (int i = 0; i < POINTS; i++) {
      head.append("      ").append(i);
    }
    say.accept(head.toString());
    for (int row = 0; row < POINTS; row++) {
      StringBuilder text = new StringBuilder(" " + row);
      for (int column = 0; column < POINTS; column++) {
        double xMm = travelMm[0] * (0.1 + 0.8 * column / (POINTS - 1));
        double yMm = travelMm[1] * (0.1 + 0.8 * row / (POINTS - 1));
        text.append(String.format(Locale.ROOT, " %+.3f", mechanics.bedMm(xMm, yMm)));
      }
      say.accept(text.toString());
    }
  }
}
