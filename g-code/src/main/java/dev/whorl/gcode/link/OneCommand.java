package dev.whorl.gcode.link;

import org.jspecify.annotations.Nullable;

/** A single command, sent when everything before it is done, so that the replies are its own. */
final class OneCommand implements CommandSource {

  private @Nullable String command;
  private final Runnable departs;

  OneCommand(String command, Runnable departs) {
    this.command = command;
    this.departs = departs;
  }

  @Override
  public @Nullable String peek(boolean settled, long nowNanos) {
    return settled ? command : null;
  }

  @Override
  public void taken(int number) {
    command = null;
    departs.run();
  }
}
