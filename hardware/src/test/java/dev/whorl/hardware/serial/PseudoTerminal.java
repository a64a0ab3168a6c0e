package dev.whorl.hardware.serial;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A pseudo-terminal of the kernel: the test holds the master, whoever opens the path the slave. */
final class PseudoTerminal implements AutoCloseable {

  private interface Libc extends Library {
    Libc C = Native.load("c", Libc.class);

    int posix_openpt(int flags) throws LastErrorException;

    int grantpt(int fd) throws LastErrorException;

    int unlockpt(int fd) throws LastErrorException;

    int ptsname_r(int fd, byte[] name, long size) throws LastErrorException;

    long read(int fd, byte[] buffer, long count) throws LastErrorException;

    long write(int fd, byte[] bytes, long count) throws LastErrorException;

    int poll(PollFd fd, long count, int timeoutMs) throws LastErrorException;

    int close(int fd) throws LastErrorException;
  }

  /** {@code struct pollfd}. */
  @com.sun.jna.Structure.FieldOrder({"fd", "events", "revents"})
  public static final class PollFd extends com.sun.jna.Structure {
    public int fd;
    public short events;
    public short revents;
  }

  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = 0x100;
  private static final short POLLIN = 1;

  private final int master = Libc.C.posix_openpt(O_RDWR | O_NOCTTY);
  private final Path path;
  private boolean closed;

  PseudoTerminal() {
    Libc.C.grantpt(master);
    Libc.C.unlockpt(master);
    byte[] name = new byte[64];
    Libc.C.ptsname_r(master, name, name.length);
    path = Path.of(Native.toString(name));
  }

  /** The slave's device file. */
  Path path() {
    return path;
  }

  /** What has arrived; empty when nothing came in time or nobody holds the other end. */
  String read(int timeoutMs) throws IOException {
    PollFd poll = new PollFd();
    poll.fd = master;
    poll.events = POLLIN;
    if (Libc.C.poll(poll, 1, timeoutMs) <= 0 || (poll.revents & POLLIN) == 0) {
      return "";
    }
    byte[] buffer = new byte[4096];
    int count = (int) Libc.C.read(master, buffer, buffer.length);
    return new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
  }

  void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int done = 0;
    while (done < bytes.length) {
      byte[] rest = java.util.Arrays.copyOfRange(bytes, done, bytes.length);
      done += (int) Libc.C.write(master, rest, rest.length);
    }
  }

  /** Closes the master: to the other end this is a cable pulled out. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      Libc.C.close(master);
    }
  }
}
