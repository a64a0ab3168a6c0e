package dev.whorl.sim.pty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A serial port behind TCP, as ser2net offers one: one host at a time, a newcomer takes the line
 * over. What is said while no host is there waits for the next one, up to {@value #KEPT_BYTES}
 * bytes.
 */
public final class TcpWire implements Wire {

  private static final int KEPT_BYTES = 4096;

  private final ServerSocketChannel server;
  private final Selector selector;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private @Nullable SocketChannel host;
  private @Nullable SelectionKey key;

  private TcpWire(ServerSocketChannel server, Selector selector) {
    this.server = server;
    this.selector = selector;
  }

  /**
   * Listens on the loopback interface.
   *
   * @param port 0 for any free one
   * @throws IOException when the port is taken
   */
  public static TcpWire listen(int port) throws IOException {
    Selector selector = Selector.open();
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      return new TcpWire(server, selector);
    } catch (IOException e) {
      server.close();
      selector.close();
      throw new IOException("cannot listen on TCP port " + port + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String address() {
    return "tcp://127.0.0.1:" + server.socket().getLocalPort();
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) throws IOException {
    if (!server.isOpen()) {
      throw new IOException("the TCP port is closed");
    }
    if (timeoutMs > 0) {
      selector.select(timeoutMs);
    } else {
      selector.selectNow();
    }
    selector.selectedKeys().clear();
    SocketChannel newcomer = server.accept();
    if (newcomer != null) {
      hangUp();
      newcomer.configureBlocking(false);
      host = newcomer;
      key = newcomer.register(selector, SelectionKey.OP_READ);
      byte[] said = kept.toByteArray();
      kept.reset();
      write(said);
    }
    SocketChannel from = host;
    if (from == null) {
      return 0;
    }
    try {
      int n = from.read(ByteBuffer.wrap(buffer));
      if (n < 0) {
        hangUp();
      }
      return Math.max(0, n);
    } catch (IOException e) {
      hangUp();
      return 0;
    }
  }

  @Override
  public void write(byte[] bytes) {
    SocketChannel to = host;
    if (to == null) {
      int room = KEPT_BYTES - kept.size();
      kept.write(bytes, 0, Math.min(room, bytes.length));
      return;
    }
    ByteBuffer out = ByteBuffer.wrap(bytes);
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    try {
      while (out.hasRemaining() && System.nanoTime() - endNanos < 0) {
        if (to.write(out) == 0) {
          Thread.onSpinWait();
        }
      }
    } catch (IOException e) {
      hangUp();
    }
  }

  private void hangUp() {
    SocketChannel gone = host;
    host = null;
    if (key != null) {
      key.cancel();
      key = null;
    }
    if (gone != null) {
      try {
        gone.close();
      } catch (IOException e) {
        // It is gone already.
      }
    }
  }

  @Override
  public void close() {
    try (server;
        selector) {
      hangUp();
    } catch (IOException e) {
      // Nothing is lost by a port that does not close cleanly.
    }
  }
}
