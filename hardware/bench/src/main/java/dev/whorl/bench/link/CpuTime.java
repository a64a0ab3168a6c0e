package dev.whorl.bench.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The computing time of a process, as the kernel counts it. */
final class CpuTime {

  /** USER_HZ of Linux, on every architecture that Java runs on. */
  private static final long TICKS_PER_S = 100;

  /** Fields after the name's closing bracket: state is 0, utime 11, stime 12 (proc(5)). */
  private static final int USER = 11;

  private CpuTime() {}

  /**
   * User and system time of all its threads so far, in milliseconds, in steps of 10.
   *
   * @throws IOException when there is no such process
   */
  static long ms(long process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1])) * 1000 / TICKS_PER_S;
  }
}
