package dev.whorl.bench.link;

/**
 * How the sending of a program went.
 *
 * @param lines of the program
 * @param seconds from the first line to the last acknowledgement
 * @param steadySeconds the same of the second half, when a Java process has warmed up
 * @param cpuMs what the whole process computed, its start included
 * @param steadyCpuMs the same of the second half of the lines
 * @param stallMs the longest time without an acknowledgement
 * @param failure why it ended early; empty when it did not
 */
record Sending(
    int lines,
    double seconds,
    double steadySeconds,
    long cpuMs,
    long steadyCpuMs,
    long stallMs,
    String failure) {

  boolean done() {
    return failure.isEmpty();
  }

  double linesPerS() {
    return done() ? lines / seconds : 0;
  }

  double steadyLinesPerS() {
    return done() ? (lines - lines / 2) / steadySeconds : 0;
  }

  /** Computing time of a line over the whole life of the process, in microseconds. */
  double cpuUsPerLine() {
    return done() ? cpuMs * 1000.0 / lines : 0;
  }

  /** The same once warm. */
  double steadyCpuUsPerLine() {
    return done() ? steadyCpuMs * 1000.0 / (lines - lines / 2) : 0;
  }
}
