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

  /**
   * Everything up to this number is done, as {@code ok} says. Called under the lock on the thread
   * that reads, as soon as it is heard and in order with {@link #heard}: must return at once.
   */
  default void settled(int number, Reply.Ok ok) {}

  /** Any line but an `ok`; called as {@link #settled}. */
  default void heard(Reply reply) {}

  /** Whether no command will come any more, now that there is none. */
  default boolean over(long nowNanos) {
    return true;
  }

  /**
   * Whether the commands are another program's: they may take as long as they like, and what they
   * heat is not the link's doing.
   */
  default boolean relayed() {
    return false;
  }
}
