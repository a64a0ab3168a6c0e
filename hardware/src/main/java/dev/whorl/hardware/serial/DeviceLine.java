package dev.whorl.hardware.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dev.whorl.gcode.LineLostException;
import dev.whorl.gcode.SerialLine;
import dev.whorl.hardware.HardwareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A serial device of this machine: a real port or a pseudo-terminal.
 *
 * <p>A pulled cable shows in the next read, within a millisecond: the kernel wakes it with an
 * error. The library's own listener for that is not used: it costs a thread a port, calls 50,000
 * times a second until the port is closed, and holds up {@link #close} by half a second.
 */
final class DeviceLine implements SerialLine {

  /** What one read waits at first; the terminal counts in tenths of a second. */
  private static final int READ_MS = 100;

  /**
   * How long {@link #close} lets a read end by itself. A write that blocks ends only by closing.
   */
  private static final long LEAVE_NANOS = TimeUnit.MILLISECONDS.toNanos(2 * READ_MS);

  // errno of Linux.
  private static final int ENOENT = 2;
  private static final int EIO = 5;
  private static final int ENXIO = 6;
  private static final int EAGAIN = 11;
  private static final int EACCES = 13;
  private static final int EBUSY = 16;
  private static final int ENODEV = 19;
  private static final int ENOTTY = 25;

  private final String name;
  private final SerialPort port;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger inside = new AtomicInteger();
  private int readMs = READ_MS;

  private DeviceLine(String name, SerialPort port) {
    this.name = name;
    this.port = port;
  }

  static DeviceLine open(String name, int baud) throws HardwareException {
    Path device = resolve(name);
    SerialLibrary.load();
    SerialPort port;
    try {
      port = SerialPort.getCommPort(device.toString());
    } catch (SerialPortInvalidPortException e) {
      throw new HardwareException(name + ": " + reason(ENOTTY), e);
    }
    port.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, READ_MS, 0);
    if (!port.openPort(0)) {
      // Where this very program holds the port already, the library says ENOENT.
      int errno = port.getLastErrorCode();
      boolean held = errno == ENOENT && Files.exists(device);
      throw new HardwareException(
          name + ": " + (held || taken(errno) ? PortHolder.of(device) : reason(errno)));
    }
    return new DeviceLine(name, port);
  }

  /** Follows links now: by-id names point elsewhere after every plugging in. */
  private static Path resolve(String name) throws HardwareException {
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      throw new HardwareException(name + ": " + reason(ENOENT));
    }
    if (!Files.isReadable(path) || !Files.isWritable(path)) {
      throw new HardwareException(name + ": " + reason(EACCES));
    }
    try {
      Path real = path.toRealPath();
      if (Files.isRegularFile(real) || Files.isDirectory(real)) {
        throw new HardwareException(name + ": " + reason(ENOTTY));
      }
      return real;
    } catch (IOException e) {
      throw new HardwareException(name + ": " + reason(ENOENT), e);
    }
  }

  private static boolean taken(int errno) {
    return errno == EBUSY || errno == EAGAIN;
  }

  private static String reason(int errno) {
    return switch (errno) {
      case ENOENT, ENXIO, ENODEV -> "no such port: is the printer plugged in and switched on?";
      case EACCES -> "no permission: add this user to the group that owns it (dialout)";
      case EIO -> "the port does not work: unplug the printer and plug it in again";
      case ENOTTY -> "not a serial port; check printer.port";
      default -> "cannot be opened (errno " + errno + ")";
    };
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) throws IOException {
    enter();
    try {
      if (timeoutMs != readMs) {
        readMs = timeoutMs;
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, Math.max(1, timeoutMs), 0);
      }
      int count = port.readBytes(buffer, buffer.length);
      if (count < 0) {
        throw lost("the printer is unplugged or switched off");
      }
      return count;
    } finally {
      inside.decrementAndGet();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    enter();
    try {
      int written = 0;
      while (written < length) {
        int count = port.writeBytes(bytes, length - written, offset + written);
        if (count <= 0) {
          throw lost("the printer takes nothing: unplugged?");
        }
        written += count;
      }
    } finally {
      inside.decrementAndGet();
    }
  }

  @Override
  public void discardOutput() {
    inside.incrementAndGet();
    try {
      if (!closed.get() && !port.flushIOBuffers()) {
        System.getLogger(DeviceLine.class.getName())
            .log(System.Logger.Level.DEBUG, name + ": its buffers cannot be emptied");
      }
    } finally {
      inside.decrementAndGet();
    }
  }

  /** Goes into the library, unless the line is closed: its descriptor may be another's by now. */
  private void enter() throws LineLostException {
    inside.incrementAndGet();
    if (closed.get()) {
      inside.decrementAndGet();
      throw lost("");
    }
  }

  private LineLostException lost(String reason) {
    return new LineLostException(name + ": " + (closed.get() ? "closed" : reason));
  }

  @Override
  public void setBaud(int baud) throws IOException {
    enter();
    try {
      if (!port.setBaudRate(baud)) {
        throw new IOException(name + ": does not take " + baud + " baud");
      }
    } finally {
      inside.decrementAndGet();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      long began = System.nanoTime();
      while (inside.get() > 0 && System.nanoTime() - began < LEAVE_NANOS) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      }
      port.closePort();
    }
  }
}
