package dev.whorl.hardware.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortDataListener;
import com.fazecast.jSerialComm.SerialPortEvent;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dev.whorl.gcode.LineLostException;
import dev.whorl.gcode.SerialLine;
import dev.whorl.hardware.HardwareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A serial device of this machine: a real port or a pseudo-terminal.
 *
 * <p>The library's own thread tells of an unplugged cable, once and then 50,000 times a second,
 * while reads go on returning nothing and writes vanish without an error. Its first word sets a
 * flag and starts a thread that closes the port: closing from the library's thread deadlocks, and a
 * write that blocks in the kernel ends only when the port closes.
 */
final class DeviceLine implements SerialLine {

  /** What one read waits when nobody says otherwise. */
  private static final int READ_MS = 50;

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
  private final AtomicBoolean unplugged = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private int readMs = READ_MS;

  private DeviceLine(String name, SerialPort port) {
    this.name = name;
    this.port = port;
  }

  static DeviceLine open(String name, int baud) throws HardwareException {
    Path device = resolve(name);
    SerialPort port;
    try {
      port = SerialPort.getCommPort(device.toString());
    } catch (SerialPortInvalidPortException e) {
      throw new HardwareException(name + ": not a serial port; check printer.port", e);
    } catch (LinkageError e) {
      throw new HardwareException(
          "the serial library cannot be loaded from "
              + System.getProperty("java.io.tmpdir")
              + " (mounted noexec or full?): start with -Djava.io.tmpdir=<a folder that may hold"
              + " programs>",
          e);
    }
    port.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, READ_MS, 0);
    if (!port.openPort(0)) {
      // Where this very program holds the port already, the library says ENOENT.
      int errno = port.getLastErrorCode();
      boolean held = errno == ENOENT && Files.exists(device);
      throw new HardwareException(name + ": " + reason(held ? EBUSY : errno));
    }
    DeviceLine line = new DeviceLine(name, port);
    line.listen();
    return line;
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
        throw new HardwareException(name + ": not a serial port; check printer.port");
      }
      return real;
    } catch (IOException e) {
      throw new HardwareException(name + ": " + reason(ENOENT), e);
    }
  }

  private static String reason(int errno) {
    return switch (errno) {
      case ENOENT, ENXIO, ENODEV -> "no such port: is the printer plugged in and switched on?";
      case EACCES -> "no permission: add this user to the group that owns it (dialout)";
      case EBUSY, EAGAIN -> "taken by another program: close it first (OctoPrint, a terminal?)";
      case EIO -> "the port does not work: unplug the printer and plug it in again";
      case ENOTTY -> "not a serial port; check printer.port";
      default -> "cannot be opened (errno " + errno + ")";
    };
  }

  private void listen() {
    port.addDataListener(
        new SerialPortDataListener() {
          @Override
          public int getListeningEvents() {
            return SerialPort.LISTENING_EVENT_PORT_DISCONNECTED;
          }

          @Override
          public void serialEvent(SerialPortEvent event) {
            if (unplugged.compareAndSet(false, true)) {
              Thread closer = new Thread(DeviceLine.this::close, "whorl-serial-close");
              closer.setDaemon(true);
              closer.start();
            }
          }
        });
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) throws IOException {
    checkPresent();
    if (timeoutMs != readMs) {
      readMs = timeoutMs;
      port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, Math.max(1, timeoutMs), 0);
    }
    int count = port.readBytes(buffer, buffer.length);
    if (count < 0) {
      checkPresent();
      throw new LineLostException(name + ": the printer is unplugged or switched off");
    }
    return count;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int written = 0;
    while (written < length) {
      checkPresent();
      int count = port.writeBytes(bytes, length - written, offset + written);
      if (count <= 0) {
        checkPresent();
        throw new LineLostException(name + ": the printer takes nothing: unplugged?");
      }
      written += count;
    }
  }

  private void checkPresent() throws LineLostException {
    if (unplugged.get()) {
      throw new LineLostException(name + ": the printer is unplugged or switched off");
    }
    if (closed.get()) {
      throw new LineLostException(name + ": closed");
    }
  }

  @Override
  public void setBaud(int baud) throws IOException {
    checkPresent();
    if (!port.setBaudRate(baud)) {
      throw new IOException(name + ": does not take " + baud + " baud");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      port.removeDataListener();
      port.closePort();
    }
  }
}
