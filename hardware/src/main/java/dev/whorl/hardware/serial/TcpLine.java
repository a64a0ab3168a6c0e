package dev.whorl.hardware.serial;

import dev.whorl.gcode.LineLostException;
import dev.whorl.gcode.SerialLine;
import dev.whorl.hardware.HardwareException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A serial port on another machine, raw over TCP, as ser2net offers it. */
final class TcpLine implements SerialLine {

  private static final int CONNECT_MS = 5000;

  private final String name;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private TcpLine(String name, Socket socket) throws IOException {
    this.name = name;
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  static TcpLine open(String name, String address) throws HardwareException {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? "" : address.substring(0, colon).replaceAll("^\\[|]$", "");
    int port = colon < 0 ? -1 : number(address.substring(colon + 1));
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw new HardwareException(name + ": not of the form tcp://host:port");
    }
    InetSocketAddress where = new InetSocketAddress(host, port);
    if (where.isUnresolved()) {
      throw new HardwareException(name + ": no such host: " + host);
    }
    Socket socket = new Socket();
    try {
      socket.connect(where, CONNECT_MS);
      // Commands are short and each waits for an answer: Nagle would cost 40 ms a line.
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      return new TcpLine(name, socket);
    } catch (IOException e) {
      closeQuietly(socket);
      throw new HardwareException(
          name + ": cannot connect: " + e.getMessage() + "; is ser2net running there?", e);
    }
  }

  private static int number(String text) {
    return text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) throws IOException {
    try {
      // 0 would mean for ever.
      socket.setSoTimeout(Math.max(1, timeoutMs));
      int count = in.read(buffer);
      if (count < 0) {
        throw new LineLostException(name + ": the far end closed the connection");
      }
      return count;
    } catch (SocketTimeoutException e) {
      return 0;
    } catch (LineLostException e) {
      throw e;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private LineLostException lost(IOException e) {
    return new LineLostException(name + ": connection lost: " + e.getMessage(), e);
  }

  @Override
  public void discardOutput() {
    // A connection gives nothing back that was written to it; closing it is what remains.
  }

  @Override
  public void setBaud(int baud) {
    // The far end's own configuration sets the speed.
  }

  @Override
  public void close() {
    closeQuietly(socket);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
