package dev.whorl.gcode;

import java.io.IOException;

/**
 * One open line of bytes to a printer: a serial port, a pseudo-terminal or a TCP connection.
 *
 * <p>One thread reads and any one thread at a time writes. {@link #close()} may come from any
 * thread, at any time, and ends a read or a write that is under way.
 */
public interface SerialLine extends AutoCloseable {

  /** The line as a person would name it: a device path or {@code tcp://host:port}. */
  String name();

  /**
   * Reads what has arrived: at least one byte, at most {@code buffer.length}.
   *
   * @param timeoutMs how long to wait for the first byte, in milliseconds; finite, 100 or less is
   *     usual
   * @return the number of bytes read; 0 when none came in time
   * @throws LineLostException when the far end is gone or this line was closed
   */
  int read(byte[] buffer, int timeoutMs) throws IOException;

  /**
   * Writes all the bytes. May block for as long as the far end takes nothing; {@link #close()} from
   * another thread ends it.
   *
   * @throws LineLostException when the far end is gone or this line was closed
   */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /**
   * Throws away what was written and has not left yet, as far as the system can; what has arrived
   * may go with it. From any thread, also while a write is stuck; never blocks and never fails.
   */
  void discardOutput();

  /** Changes the speed in baud; does nothing where there is none (a pseudo-terminal, TCP). */
  void setBaud(int baud) throws IOException;

  /** Closes the line. Idempotent, from any thread. */
  @Override
  void close();
}
