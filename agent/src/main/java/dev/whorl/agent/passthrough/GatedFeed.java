package dev.whorl.agent.passthrough;

import dev.whorl.gcode.link.HostFeed;
import dev.whorl.gcode.link.Reply;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The host's feed, shut while somebody else wants the link: what is under way is seen to its end,
 * and nothing new is begun.
 *
 * @param shut asked under the link's lock: must return at once
 */
record GatedFeed(HostFeed feed, BooleanSupplier shut) implements HostFeed {
  @Override
  public @Nullable String peek() {
    return shut.getAsBoolean() ? null : feed.peek();
  }

  @Override
  public void taken(int number) {
    feed.taken(number);
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
  public boolean mayAsk() {
    return feed.mayAsk();
  }

  @Override
  public boolean over(long nowNanos) {
    return shut.getAsBoolean() || feed.over(nowNanos);
  }
}
