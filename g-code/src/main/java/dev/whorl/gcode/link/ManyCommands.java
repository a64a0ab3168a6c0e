package dev.whorl.gcode.link;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a job, with an M105 now and then: for the temperatures where the printer does not
 * report them by itself, and because its answer settles the account after a lost `ok`.
 */
final class ManyCommands implements CommandSource {

  private final List<String> commands;
  private final StreamProgress progress;
  private final long askEveryNanos;
  private final JobGuard guard;
  private final ArrayDeque<Integer> underWay = new ArrayDeque<>();
  private final ArrayDeque<Integer> asks = new ArrayDeque<>();
  private int position;
  private int done;
  private boolean asking;
  private long askedNanos;
  private long peekedNanos;

  ManyCommands(
      List<String> commands,
      StreamProgress progress,
      JobGuard guard,
      long askEveryNanos,
      long nowNanos) {
    this.guard = guard;
    this.commands = commands;
    this.progress = progress;
    this.askEveryNanos = askEveryNanos;
    this.askedNanos = nowNanos;
  }

  @Override
  public @Nullable String peek(boolean settled, long nowNanos) {
    if (position == commands.size()) {
      return null;
    }
    peekedNanos = nowNanos;
    asking = nowNanos - askedNanos >= askEveryNanos;
    return asking ? "M105" : commands.get(position);
  }

  @Override
  public void taken(int number) {
    if (asking) {
      askedNanos = peekedNanos;
      asks.add(number);
    } else {
      position++;
      underWay.add(number);
    }
  }

  @Override
  public void settled(int number, Reply.Ok ok) {
    boolean answered = false;
    for (Integer head = asks.peek(); head != null && head <= number; head = asks.peek()) {
      asks.remove();
      answered = true;
    }
    if (answered) {
      guard.answered(ok.temperatures() != null);
    }
  }

  @Override
  public void acknowledged(int number) {
    int before = done;
    for (Integer head = underWay.peek(); head != null && head <= number; head = underWay.peek()) {
      underWay.remove();
      done++;
    }
    if (done > before) {
      progress.acknowledged(done, commands.size());
    }
  }
}
