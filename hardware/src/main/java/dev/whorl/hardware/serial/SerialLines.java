package dev.whorl.hardware.serial;

import com.fazecast.jSerialComm.SerialPort;
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

  /**
   * Has a thread run and end when the process is asked to exit, while ports are still open: the
   * serial library closes them all by a shutdown hook of its own, beside which an ordinary one
   * would race.
   */
  public static void onExit(Thread thread) {
    try {
      SerialLibrary.load();
      SerialPort.addShutdownHook(thread);
    } catch (HardwareException e) {
      // Without the library there is no hook of its own to race with.
      Runtime.getRuntime().addShutdownHook(thread);
    }
  }
}
