package dev.whorl.agent.passthrough;

import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.HostFeed;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.Reply;

/**
 * Whoever is to learn what becomes of the printer that a {@link PortKeeper} keeps. Called on the
 * keeper's thread where not said otherwise.
 */
interface PortFace {
  /** The printer is there and was greeted; it may know nothing of what was said before. */
  void up(PrinterLink link, Hello hello);

  /** The printer is away, or stopped for good, until the next {@link #up}. */
  void down(LinkException reason);

  /** The link is free: what has to be said before the host's next command. */
  void free(PrinterLink link) throws LinkException;

  /** Whether the host has commands for the printer. */
  boolean hasCommands();

  /** Those commands. */
  HostFeed feed();

  /** Any line; on the link's thread. */
  void heard(Reply reply);

  /** A line that no command asked for; on the link's thread. */
  void unasked(Reply reply);
}
