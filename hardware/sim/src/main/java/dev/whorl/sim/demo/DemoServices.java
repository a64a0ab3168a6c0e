package dev.whorl.sim.demo;

import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The demo's broker and registry. */
final class DemoServices implements AutoCloseable {
  private static final Duration UP = Duration.ofSeconds(60);
  private static final Duration VERB = Duration.ofSeconds(60);

  private final Path dir;
  private final Path config;
  private final int brokerPort = FreePort.find();
  private final int httpPort = FreePort.find();
  private final DemoProcess broker;
  private final DemoProcess registry;

  DemoServices(Path dir) throws InterruptedException {
    this.dir = dir;
    config = dir.resolve("registry.toml");
    write(config, registryToml());
    broker =
        DemoProcess.start(
            dir, "broker", List.of("sim", "broker", "--listen", "127.0.0.1:" + brokerPort));
    try {
      broker.await(() -> answers(brokerPort), UP);
      registry =
          DemoProcess.start(
              dir, "registry", List.of("registry", "run", "--config", config.toString()));
    } catch (InterruptedException | RuntimeException e) {
      broker.close();
      throw e;
    }
    try {
      registry.await(() -> answers(httpPort) && Files.exists(publicKey()), UP);
    } catch (InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  String brokerUrl() {
    return "tcp://127.0.0.1:" + brokerPort;
  }

  String console() {
    return "http://127.0.0.1:" + httpPort + "/";
  }

  Path publicKey() {
    return dir.resolve("registry/registry.pub");
  }

  /** A one-time token that lets one printer in. */
  String enrolmentToken(String printer) throws InterruptedException {
    return DemoProcess.run(
            dir,
            "token-" + printer,
            List.of("registry", "token", "enroll", printer, "--config", config.toString()),
            VERB)
        .strip();
  }

  @Override
  public void close() {
    registry.close();
    broker.close();
  }

  private String registryToml() {
    return String.join(
        "\n",
        "state_dir = \"" + dir.resolve("registry") + "\"",
        "[mqtt]",
        "url = \"" + brokerUrl() + "\"",
        "[http]",
        "listen = \"127.0.0.1:" + httpPort + "\"",
        "");
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw UserError.hardware("demo: cannot write " + file + ": " + e.getMessage());
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
