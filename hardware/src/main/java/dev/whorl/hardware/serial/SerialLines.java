package dev.whorl.hardware.serial;

import dev.whorl.gcode.SerialLine;
import dev.whorl.hardware.HardwareException;

/** Opens the line to a printer by the name that the config gives it. */
public final class SerialLines {

  private static final String TCP = "tcp://";

  private SerialLines() {}

  /**
   * Opens a line. Links such as {@code /dev/serial/by-id/...} are followed anew at every open.
   *
   * @param port a device path, a pseudo-terminal, or {@code tcp://host:port} (ser2net, raw)
   * @param baud the speed to begin with; of no effect over TCP
   * @throws HardwareException with one line that says why not and what to do
   */
  public static SerialLine open(String port, int baud) throws HardwareException {
    return port.startsWith(TCP)
        ? TcpLine.open(port, port.substring(TCP.length()))
        : DeviceLine.open(port, baud);
  }
}
