package dev.whorl.sim.demo;

import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A loopback port that nobody listens on just now. */
final class FreePort {
  private FreePort() {}

  static int find() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw UserError.network("demo: no free port on loopback: " + e.getMessage());
    }
  }
}
