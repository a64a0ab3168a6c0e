package dev.whorl.gcode.link;

import org.jspecify.annotations.Nullable;

/**
 * Another program's commands on their way to the printer, and what comes back: see {@link
 * PrinterLink#relay}. Called under the link's lock: every method must return at once and call
 * nothing of the link.
 */
public interface HostFeed {

  /**
   * The next command, ready to be sent: without number, checksum and comment. Null when there is
   * none at the moment. Does not take it.
   */
  @Nullable String peek();

  /** The command just seen goes out under this number of the link's own; numbers rise. */
  void taken(int number);

  /**
   * Every command up to this number is done.
   *
   * @param ok what the printer said to the last of them
   */
  void settled(int number, Reply.Ok ok);

  /** Any other line the printer said, in order with {@link #settled}. */
  void heard(Reply reply);

  /** Whether the link may ask for temperatures (M105) among the commands. */
  boolean mayAsk();

  /** Whether the relay may return, now that nothing is offered and nothing under way. */
  boolean over(long nowNanos);
}
