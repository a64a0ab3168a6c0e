package dev.whorl.sim.pty;

import java.io.Closeable;
import java.io.IOException;

/** The printer's end of the line. One thread reads, one writes; {@link #close} from any. */
public interface Wire extends Closeable {

  /** What a host opens, for instance {@code /dev/pts/3} or {@code tcp://127.0.0.1:4000}. */
  String address();

  /**
   * Reads what has come.
   *
   * @return bytes read; 0 when nothing came within the timeout or no host is there
   * @throws IOException when the wire itself is gone
   */
  int read(byte[] buffer, int timeoutMs) throws IOException;

  /**
   * Sends bytes. When nobody takes them for {@value #PATIENCE_MS} ms they are lost, as on a UART,
   * and so is everything after until somebody reads again.
   *
   * @throws IOException when the wire itself is gone
   */
  void write(byte[] bytes) throws IOException;

  /** Whether it has sent nearly all that it was given: a firmware waits for that. */
  default boolean clear() {
    return true;
  }

  @Override
  void close();

  /** How long a full line is waited for; a host that reads at all empties it in microseconds. */
  int PATIENCE_MS = 500;
}
