package dev.whorl.hardware.pty;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The master of a pseudo-terminal in raw mode (Linux). Its own descriptor of the slave stays open,
 * so that a program may close the port and open it again, and finds it raw: without one, the master
 * would see an error at every close, and the kernel would echo again what is said here.
 *
 * <p>One thread reads, any one at a time writes; {@link #close} from any.
 */
public final class PseudoTerminal implements Closeable {

  /** struct termios is 60 bytes on Linux; some to spare. */
  private static final int TERMIOS_BYTES = 256;

  private final int master;
  private final int slave;
  private final String address;
  private final Object reading = new Object();
  private final Object writing = new Object();
  private final Memory readPoll = new Memory(16);
  private final Memory writePoll = new Memory(8);
  private final Openings openings;
  private volatile boolean open = true;

  private PseudoTerminal(int master, int slave, String address) {
    this.master = master;
    this.slave = slave;
    this.address = address;
    this.openings = new Openings(address);
  }

  /**
   * Opens a new pseudo-terminal.
   *
   * @throws IOException when the system has none
   */
  public static PseudoTerminal open() throws IOException {
    LibC c = LibC.INSTANCE;
    int master = -1;
    int slave = -1;
    boolean done = false;
    try {
      master = c.posix_openpt(LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
      c.grantpt(master);
      c.unlockpt(master);
      byte[] name = new byte[128];
      int error = c.ptsname_r(master, name, new NativeLong(name.length));
      if (error != 0) {
        throw new IOException("no name for a new pseudo-terminal (errno " + error + ")");
      }
      String address = Native.toString(name, StandardCharsets.UTF_8.name());
      slave = c.open(address, LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_CLOEXEC);
      try (Memory termios = new Memory(TERMIOS_BYTES)) {
        termios.clear();
        c.tcgetattr(slave, termios);
        c.cfmakeraw(termios);
        c.tcsetattr(slave, LibC.TCSANOW, termios);
      }
      done = true;
      return new PseudoTerminal(master, slave, address);
    } catch (LastErrorException e) {
      throw new IOException("cannot open a pseudo-terminal: " + e.getMessage(), e);
    } finally {
      if (!done) {
        closeQuietly(slave);
        closeQuietly(master);
      }
    }
  }

  /** What the other side opens, for instance {@code /dev/pts/3}. */
  public String address() {
    return address;
  }

  /**
   * Reads what has come.
   *
   * @param timeoutMs how long to wait for the first byte, in milliseconds
   * @return bytes read; 0 when nothing came within the timeout or nobody is there
   * @throws IOException when this end is closed
   */
  public int read(byte[] buffer, int timeoutMs) throws IOException {
    synchronized (reading) {
      if (!ready(readPoll, LibC.POLLIN, timeoutMs)) {
        return 0;
      }
      try {
        int count = LibC.INSTANCE.read(master, buffer, new NativeLong(buffer.length)).intValue();
        openings.heard();
        return count;
      } catch (LastErrorException e) {
        return nothingFor(e, "reading ");
      }
    }
  }

  /**
   * Writes what the terminal takes at this moment and never waits. One that nobody reads takes the
   * kernel's 4 KiB or so, and whoever opens it late reads that first.
   *
   * @return bytes taken, from the beginning; 0 when it is full
   * @throws IOException when this end is closed
   */
  public int write(byte[] bytes) throws IOException {
    synchronized (writing) {
      if (!ready(writePoll, LibC.POLLOUT, 0)) {
        return 0;
      }
      try {
        return LibC.INSTANCE.write(master, bytes, new NativeLong(bytes.length)).intValue();
      } catch (LastErrorException e) {
        return nothingFor(e, "writing ");
      }
    }
  }

  /**
   * Waits until the terminal takes bytes again.
   *
   * @param timeoutMs how long, in milliseconds
   * @return whether it does
   */
  public boolean awaitRoom(int timeoutMs) throws IOException {
    synchronized (writing) {
      return ready(writePoll, LibC.POLLOUT, timeoutMs);
    }
  }

  /**
   * Whether any other program has the port open, or left something that is not read yet; true where
   * the system does not tell. For the thread that reads: asked after a {@link #read}, it is true
   * for whoever was heard by that.
   */
  public boolean isAttended() {
    synchronized (reading) {
      return open && openings.areAny();
    }
  }

  /** Throws away what was written and not read: whoever opens the port next finds it empty. */
  public void discardUnread() throws IOException {
    synchronized (writing) {
      if (open) {
        try {
          LibC.INSTANCE.tcflush(slave, LibC.TCIFLUSH);
        } catch (LastErrorException e) {
          nothingFor(e, "flushing ");
        }
      }
    }
  }

  private int nothingFor(LastErrorException e, String doing) throws IOException {
    int code = e.getErrorCode();
    if (code == LibC.EAGAIN || code == LibC.EINTR || code == LibC.EIO) {
      return 0;
    }
    throw new IOException(doing + address + ": " + e.getMessage(), e);
  }

  private boolean ready(Memory pollFd, short what, int timeoutMs) throws IOException {
    if (!open) {
      throw new IOException(address + " is closed");
    }
    pollFd.setInt(0, master);
    pollFd.setShort(4, what);
    pollFd.setShort(6, (short) 0);
    int descriptors = 1;
    if (what == LibC.POLLIN && openings.descriptor() >= 0) {
      // So that an opening and a closing are noticed one by one.
      pollFd.setInt(8, openings.descriptor());
      pollFd.setShort(12, what);
      pollFd.setShort(14, (short) 0);
      descriptors = 2;
    }
    try {
      boolean any = LibC.INSTANCE.poll(pollFd, new NativeLong(descriptors), timeoutMs) > 0;
      if (descriptors == 2) {
        listen(any, timeoutMs);
      }
      return any && (pollFd.getShort(6) & what) != 0;
    } catch (LastErrorException e) {
      if (e.getErrorCode() == LibC.EINTR) {
        return false;
      }
      throw new IOException("polling " + address + ": " + e.getMessage(), e);
    }
  }

  private void listen(boolean any, int timeoutMs) {
    if (any) {
      openings.look();
    } else if (timeoutMs > 0) {
      openings.quiet();
    }
  }

  /**
   * Closes this end, which to the other is a cable pulled out. Waits for a read or a wait for room
   * under way, which ends within its timeout. Idempotent, from any thread.
   */
  @Override
  public void close() {
    synchronized (reading) {
      synchronized (writing) {
        if (open) {
          open = false;
          openings.close();
          closeQuietly(slave);
          closeQuietly(master);
          readPoll.close();
          writePoll.close();
        }
      }
    }
  }

  static void closeQuietly(int fd) {
    if (fd >= 0) {
      try {
        LibC.INSTANCE.close(fd);
      } catch (LastErrorException e) {
        // Closing on the way out: the kernel frees the descriptor in any case.
      }
    }
  }
}
