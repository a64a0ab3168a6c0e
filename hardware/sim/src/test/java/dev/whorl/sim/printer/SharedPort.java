package dev.whorl.sim.printer;

import dev.whorl.gcode.host.HostPort;
import dev.whorl.gcode.link.HostFeed;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.LinkSettings;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.Reply;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.pty.PseudoTerminal;
import dev.whorl.hardware.serial.SerialLines;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The least that puts a host behind a link: a terminal, a thread that reads it, one that relays.
 */
final class SharedPort implements AutoCloseable {

  final HostPort port = new HostPort(TimeSource.SYSTEM);
  final PrinterLink link;
  final PseudoTerminal terminal = PseudoTerminal.open();
  private final Semaphore news = new Semaphore(0);
  private final Thread reader = new Thread(this::read, "test-host");
  private final Thread relay = new Thread(this::relay, "test-relay");
  private volatile boolean closed;
  volatile @Nullable Exception failure;

  SharedPort(String printer) throws Exception {
    link =
        PrinterLink.open(
            SerialLines.open(printer, 115200), LinkSettings.AUTO, new Ears(), TimeSource.SYSTEM);
    link.hello();
    reader.start();
    relay.start();
  }

  void hold(boolean held) {
    port.hold(held);
    news.release();
  }

  private void read() {
    byte[] buffer = new byte[4096];
    try {
      while (!closed) {
        int count = terminal.read(buffer, 20);
        port.attended(terminal.isAttended());
        if (count > 0) {
          for (String code : port.received(buffer, count)) {
            link.urgent(code);
          }
          link.wake();
          news.release();
        }
        port.tick(link.lastTemperatures());
        flush();
      }
    } catch (IOException | LinkException e) {
      failure = e;
    }
  }

  private void relay() {
    try {
      while (!closed) {
        if (news.tryAcquire(100, TimeUnit.MILLISECONDS) && port.hasCommands()) {
          link.relay(new Told());
        }
      }
    } catch (LinkException | InterruptedException e) {
      failure = e;
      port.halted();
      flush();
    }
  }

  private synchronized void flush() {
    try {
      byte[] next = port.output();
      for (int taken = 1; next.length > 0 && taken > 0; next = port.output()) {
        taken = terminal.write(next);
        port.wrote(taken);
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public void close() throws Exception {
    closed = true;
    relay.interrupt();
    reader.join(5000);
    relay.join(5000);
    try {
      link.close();
    } finally {
      terminal.close();
    }
  }

  private final class Ears implements LinkListener {
    @Override
    public void heard(Reply reply) {}

    @Override
    public void unasked(Reply reply) {
      port.unasked(reply);
      flush();
    }
  }

  /** Tells the host at once what there is to tell. */
  private final class Told implements HostFeed {
    @Override
    public @Nullable String peek() {
      return port.peek();
    }

    @Override
    public void taken(int number) {
      port.taken(number);
    }

    @Override
    public void settled(int number, Reply.Ok ok) {
      port.settled(number, ok);
      flush();
    }

    @Override
    public void heard(Reply reply) {
      port.heard(reply);
      flush();
    }

    @Override
    public boolean mayAsk() {
      return port.mayAsk();
    }

    @Override
    public boolean over(long nowNanos) {
      return port.over(nowNanos);
    }
  }
}
