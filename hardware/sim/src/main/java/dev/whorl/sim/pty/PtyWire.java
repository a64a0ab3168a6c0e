package dev.whorl.sim.pty;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The master of a pseudo-terminal in raw mode. Its own descriptor of the slave stays open, so that
 * a host may close the port and open it again: without one, the master would see an error at every
 * close. A host that opens late still reads what was said before, up to the kernel's 4 KiB or so.
 */
public final class PtyWire implements Wire {

  /** struct termios is 60 bytes on Linux; some to spare. */
  private static final int TERMIOS_BYTES = 256;

  private final int master;
  private final int slave;
  private final String address;
  private final Memory pollFd = new Memory(8);
  private boolean open = true;
  private boolean deaf;

  private PtyWire(int master, int slave, String address) {
    this.master = master;
    this.slave = slave;
    this.address = address;
  }

  /**
   * Opens a new pseudo-terminal.
   *
   * @throws IOException when the system has none
   */
  public static PtyWire open() throws IOException {
    LibC c = LibC.INSTANCE;
    int master = -1;
    int slave = -1;
    boolean done = false;
    try {
      master = c.posix_openpt(LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK);
      c.grantpt(master);
      c.unlockpt(master);
      byte[] name = new byte[128];
      int error = c.ptsname_r(master, name, new NativeLong(name.length));
      if (error != 0) {
        throw new IOException("no name for a new pseudo-terminal (errno " + error + ")");
      }
      String address = Native.toString(name, StandardCharsets.UTF_8.name());
      slave = c.open(address, LibC.O_RDWR | LibC.O_NOCTTY);
      try (Memory termios = new Memory(TERMIOS_BYTES)) {
        termios.clear();
        c.tcgetattr(slave, termios);
        c.cfmakeraw(termios);
        c.tcsetattr(slave, LibC.TCSANOW, termios);
      }
      done = true;
      return new PtyWire(master, slave, address);
    } catch (LastErrorException e) {
      throw new IOException("cannot open a pseudo-terminal: " + e.getMessage(), e);
    } finally {
      if (!done) {
        closeQuietly(slave);
        closeQuietly(master);
      }
    }
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public synchronized int read(byte[] buffer, int timeoutMs) throws IOException {
    if (!ready(LibC.POLLIN, timeoutMs)) {
      return 0;
    }
    try {
      return LibC.INSTANCE.read(master, buffer, new NativeLong(buffer.length)).intValue();
    } catch (LastErrorException e) {
      int code = e.getErrorCode();
      if (code == LibC.EAGAIN || code == LibC.EINTR || code == LibC.EIO) {
        return 0;
      }
      throw new IOException("reading " + address + ": " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void write(byte[] bytes) throws IOException {
    int sent = 0;
    while (sent < bytes.length) {
      if (!ready(LibC.POLLOUT, deaf ? 0 : PATIENCE_MS)) {
        deaf = true;
        return;
      }
      deaf = false;
      byte[] rest = sent == 0 ? bytes : Arrays.copyOfRange(bytes, sent, bytes.length);
      try {
        sent += LibC.INSTANCE.write(master, rest, new NativeLong(rest.length)).intValue();
      } catch (LastErrorException e) {
        int code = e.getErrorCode();
        if (code == LibC.EAGAIN) {
          deaf = true;
          return;
        }
        if (code != LibC.EINTR) {
          throw new IOException("writing " + address + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private boolean ready(short what, int timeoutMs) throws IOException {
    if (!open) {
      throw new IOException(address + " is closed");
    }
    pollFd.setInt(0, master);
    pollFd.setShort(4, what);
    pollFd.setShort(6, (short) 0);
    try {
      return LibC.INSTANCE.poll(pollFd, new NativeLong(1), timeoutMs) > 0
          && (pollFd.getShort(6) & what) != 0;
    } catch (LastErrorException e) {
      if (e.getErrorCode() == LibC.EINTR) {
        return false;
      }
      throw new IOException("polling " + address + ": " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      closeQuietly(slave);
      closeQuietly(master);
      pollFd.close();
    }
  }

  private static void closeQuietly(int fd) {
    if (fd >= 0) {
      try {
        LibC.INSTANCE.close(fd);
      } catch (LastErrorException e) {
        // Closing on the way out: the kernel frees the descriptor in any case.
      }
    }
  }
}
