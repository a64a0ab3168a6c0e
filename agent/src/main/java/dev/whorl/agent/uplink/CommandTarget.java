package dev.whorl.agent.uplink;

import org.jspecify.annotations.Nullable;

/** What carries out an operator's commands. Each says why not, or null when it will be done. */
public interface CommandTarget {
  @Nullable String enroll(String by);

  @Nullable String clearBed(String by);

  @Nullable String cool(String by);

  @Nullable String abort(String by);

  /** For a process that takes no commands. */
  CommandTarget NONE =
      new CommandTarget() {
        private static final String BUSY = "this agent is run by hand and takes no commands";

        @Override
        public String enroll(String by) {
          return BUSY;
        }

        @Override
        public String clearBed(String by) {
          return BUSY;
        }

        @Override
        public String cool(String by) {
          return BUSY;
        }

        @Override
        public String abort(String by) {
          return BUSY;
        }
      };
}
