package dev.whorl.gcode.link;

import org.jspecify.annotations.Nullable;

/** Where a conversation takes its commands from; stepped under the conversation's lock. */
interface CommandSource {

  /** Nothing to say: waits for what is under way. */
  CommandSource NOTHING =
      new CommandSource() {
        @Override
        public @Nullable String peek(boolean settled, long nowNanos) {
          return null;
        }

        @Override
        public void taken(int number) {}
      };

  /**
   * The next command, or null when there is none at the moment.
   *
   * @param settled whether every earlier command is done
   */
  @Nullable String peek(boolean settled, long nowNanos);

  /** The command just seen went out under this number. */
  void taken(int number);

  /** Everything up to this number is done. Called without the lock, on the thread that talks. */
  default void acknowledged(int number) {}
}
