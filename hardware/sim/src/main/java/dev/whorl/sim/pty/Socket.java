package dev.whorl.sim.pty;

import dev.whorl.hardware.pty.PortLink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A pseudo-terminal under a link that can be pulled out and plugged in again: the next one has
 * another name, and the link follows. While it is out nothing comes and what is sent is lost.
 */
public final class Socket implements Wire {

  private final Path path;
  private volatile @Nullable PtyWire terminal;
  private @Nullable PortLink link;

  private Socket(Path path) {
    this.path = path;
  }

  /**
   * Plugs it in.
   *
   * @param path of the link
   * @throws IOException when there is no pseudo-terminal or no link can be made
   */
  public static Socket open(Path path) throws IOException {
    Socket socket = new Socket(path);
    socket.plug();
    return socket;
  }

  /** Plugs it in, if it is out. */
  public synchronized void plug() throws IOException {
    if (terminal == null) {
      PtyWire next = PtyWire.open();
      try {
        link = PortLink.make(path, Path.of(next.address()));
        terminal = next;
      } finally {
        if (terminal == null) {
          next.close();
        }
      }
    }
  }

  /** Pulls it out: to a host, the port is gone. */
  public synchronized void unplug() {
    PtyWire gone = terminal;
    terminal = null;
    if (link != null) {
      link.close();
      link = null;
    }
    if (gone != null) {
      gone.close();
    }
  }

  @Override
  public String address() {
    return path.toAbsolutePath().toString();
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) throws IOException {
    PtyWire from = terminal;
    if (from == null) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.max(1, timeoutMs)));
      return 0;
    }
    try {
      return from.read(buffer, timeoutMs);
    } catch (IOException e) {
      if (terminal == from) {
        throw e;
      }
      return 0; // pulled out meanwhile
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    PtyWire to = terminal;
    if (to == null) {
      return;
    }
    try {
      to.write(bytes);
    } catch (IOException e) {
      if (terminal == to) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    unplug();
  }
}
