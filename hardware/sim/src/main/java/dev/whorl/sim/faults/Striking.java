package dev.whorl.sim.faults;

import dev.whorl.sim.firmware.Mishaps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/** The faults that go by lines, and those of the firmware's own pace and memory. */
public final class Striking implements Mishaps {

  /** How far back {@code resend-outside} asks: no host keeps so much. */
  private static final long FAR_BACK = 10_000;

  private final List<Strike> waiting;
  private final long stormAt;
  private long outsideAt;
  private final double stale;
  private final double slowMs;
  private final RandomGenerator random;
  private final Victim victim;
  private final Deque<Runnable> due = new ArrayDeque<>();

  Striking(
      List<Strike> strikes,
      long stormAt,
      long outsideAt,
      double stale,
      double slowMs,
      RandomGenerator random,
      Victim victim) {
    this.waiting = new ArrayList<>(strikes);
    this.stormAt = stormAt;
    this.outsideAt = outsideAt;
    this.stale = stale;
    this.slowMs = slowMs;
    this.random = random;
    this.victim = victim;
    taken(0);
  }

  @Override
  public long asksInstead(long number) {
    if (stormAt >= 0 && number >= stormAt) {
      return number;
    }
    if (outsideAt >= 0 && number >= outsideAt) {
      outsideAt = -1;
      return Math.max(1, number - FAR_BACK);
    }
    return TAKEN;
  }

  @Override
  public void taken(long number) {
    if (stale > 0 && number > 1 && random.nextDouble() < stale) {
      long old = Math.max(1, number - random.nextInt(3));
      victim.say("Error:checksum mismatch, Last Line: " + (old - 1));
      victim.say("Resend: " + old);
      victim.say("ok");
    }
    waiting.removeIf(
        strike -> {
          boolean now = number >= strike.line();
          if (now) {
            due.add(() -> strike.deed().accept(victim));
          }
          return now;
        });
  }

  /** Has something happen as soon as the firmware has ended its step. */
  public void soon(Runnable deed) {
    due.add(deed);
  }

  @Override
  public boolean imminent() {
    return !due.isEmpty();
  }

  /** Lets what is due happen; only between two steps of the firmware. */
  public void strike() {
    while (!due.isEmpty()) {
      due.removeFirst().run();
    }
  }

  @Override
  public double slowMs() {
    return slowMs;
  }
}
