package dev.whorl.common.cli;

/** What a process of ours says when it ends. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** The question was answered, and the answer is no. */
  public static final int NO = 1;

  /** Wrong usage or configuration. */
  public static final int USAGE = 2;

  /** Something the machine touches did not answer as it must. */
  public static final int HARDWARE = 3;

  /** The broker or the registry could not be reached. */
  public static final int NETWORK = 4;

  /**
   * A fault of the program itself (70 is {@code EX_SOFTWARE} of sysexits.h): never part of an
   * answer.
   */
  public static final int FAULT = 70;

  private ExitCode() {}
}
