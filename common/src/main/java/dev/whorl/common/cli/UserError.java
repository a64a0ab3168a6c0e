package dev.whorl.common.cli;

import org.jspecify.annotations.Nullable;

/**
 * An error that a person can act on: its message says what is wrong, where, and what to do, in one
 * line (or one line per problem). It is printed without a stack trace and ends the process with its
 * exit code.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * @param exitCode one of {@link ExitCode}
   * @param message what, where, what to do
   */
  public UserError(int exitCode, String message) {
    this(exitCode, message, null);
  }

  /** As above, with what led to it: shown only with {@code --debug}. */
  public UserError(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Wrong usage or configuration: exit code 2. */
  public static UserError usage(String message) {
    return new UserError(ExitCode.USAGE, message);
  }

  /** The hardware did not answer as it must: exit code 3. */
  public static UserError hardware(String message) {
    return new UserError(ExitCode.HARDWARE, message);
  }

  /** Broker or registry out of reach: exit code 4. */
  public static UserError network(String message) {
    return new UserError(ExitCode.NETWORK, message);
  }

  /** One of {@link ExitCode}. */
  public int exitCode() {
    return exitCode;
  }

  /** Never null here. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
