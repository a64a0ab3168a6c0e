package dev.whorl.gcode.link;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a {@link HostFeed}, with an M105 of the link's own among them when nothing was
 * heard of the temperatures for a while.
 */
final class RelayedCommands implements CommandSource {

  /** Hosts ask every few seconds themselves; no reading for this long and the link does. */
  static final Duration ASK_EVERY = Duration.ofSeconds(10);

  private final HostFeed feed;
  private final Conversation talk;
  private long askedNanos;
  private boolean asking;

  RelayedCommands(HostFeed feed, Conversation talk) {
    this.feed = feed;
    this.talk = talk;
    this.askedNanos = talk.nanos() - ASK_EVERY.toNanos();
  }

  @Override
  public @Nullable String peek(boolean settled, long nowNanos) {
    String command = feed.peek();
    asking =
        command != null
            && feed.mayAsk()
            && nowNanos - askedNanos >= ASK_EVERY.toNanos()
            && talk.temperaturesSince(nowNanos - ASK_EVERY.toNanos()) == null;
    return asking ? "M105" : command;
  }

  @Override
  public void taken(int number) {
    if (asking) {
      askedNanos = talk.nanos();
    } else {
      feed.taken(number);
    }
  }

  @Override
  public void settled(int number, Reply.Ok ok) {
    feed.settled(number, ok);
  }

  @Override
  public void heard(Reply reply) {
    feed.heard(reply);
  }

  @Override
  public boolean over(long nowNanos) {
    return feed.over(nowNanos);
  }

  @Override
  public boolean relayed() {
    return true;
  }
}
