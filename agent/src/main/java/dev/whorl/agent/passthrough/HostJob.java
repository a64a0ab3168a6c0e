package dev.whorl.agent.passthrough;

import dev.whorl.gcode.host.HostPort;
import dev.whorl.gcode.link.HostFeed;
import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.gcode.link.TimeSource;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The host's commands on their way through, watched for whether a print is under way: a stop of the
 * agent would end it, since the host's port goes with the agent.
 */
final class HostJob implements HostFeed {
  /** A print's moves come many times a second. */
  private static final Duration BETWEEN_MOVES = Duration.ofSeconds(5);

  /** Where the printer is kept hot, the next move may be a filament change away. */
  private static final Duration BETWEEN_MOVES_WHEN_HOT = Duration.ofSeconds(60);

  private final HostPort port;
  private final TimeSource time;
  private final Runnable flush;

  private volatile boolean moved;
  private volatile long movedNanos;
  private volatile int underWay;
  private volatile int lastTaken;

  /**
   * @param flush tells the host what there is to tell; called on the link's thread, never waits
   */
  HostJob(HostPort port, TimeSource time, Runnable flush) {
    this.port = port;
    this.time = time;
    this.flush = flush;
  }

  /**
   * What of the host's would be lost if its port went away now; empty when nothing would.
   *
   * @param last the printer's last readings, null when there are none
   */
  Optional<String> lostByStopping(@Nullable Temperatures last) {
    Optional<String> busy = port.isHeld() ? Optional.empty() : port.busyWith();
    if (busy.isEmpty()) {
      return busy;
    }
    boolean hot = last != null && !last.targetsOff();
    Duration pause = hot ? BETWEEN_MOVES_WHEN_HOT : BETWEEN_MOVES;
    boolean moving = moved && time.nanos() - movedNanos <= pause.toNanos();
    return underWay > 0 || moving ? busy : Optional.empty();
  }

  @Override
  public @Nullable String peek() {
    String command = port.peek();
    if (command != null && isMotion(command)) {
      moved = true;
      movedNanos = time.nanos();
    }
    return command;
  }

  private static boolean isMotion(String command) {
    return command.length() > 1
        && (command.charAt(0) == 'G' || command.charAt(0) == 'g')
        && !command.startsWith("G9");
  }

  @Override
  public void taken(int number) {
    port.taken(number);
    lastTaken = number;
    underWay = 1;
  }

  @Override
  public void settled(int number, Reply.Ok ok) {
    port.settled(number, ok);
    if (number >= lastTaken) {
      underWay = 0;
    }
    flush.run();
  }

  @Override
  public void heard(Reply reply) {
    if (!isStart(reply)) {
      port.heard(reply);
      flush.run();
    }
  }

  /** Whether the printer restarted, as against the reasons that it adds. */
  static boolean isStart(Reply reply) {
    return reply instanceof Reply.Started started && started.first();
  }

  @Override
  public boolean mayAsk() {
    return port.mayAsk();
  }

  @Override
  public boolean over(long nowNanos) {
    return port.over(nowNanos);
  }
}
