package dev.whorl.agent.wire;

import static org.awaitility.Awaitility.await;

import dev.whorl.common.mqtt.MqttSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Mosquitto with TLS, whose ACL binds a certificate's name to its printer's topics as
 * docs/operations.md says.
 */
final class Mosquitto implements AutoCloseable {
  private static final Path BINARY = Path.of("/usr/sbin/mosquitto");

  private final Path dir;
  private final int port;
  private final Process process;

  private Mosquitto(Path dir, int port, Process process) {
    this.dir = dir;
    this.port = port;
    this.process = process;
  }

  static boolean isInstalled() {
    return Files.isExecutable(BINARY);
  }

  static Mosquitto start(Path dir, String... clients) throws Exception {
    authority(dir);
    certificate(dir, "broker", "subjectAltName=IP:127.0.0.1");
    for (String client : clients) {
      certificate(dir, client, "subjectAltName=DNS:" + client);
    }
    int port = freePort();
    Path acl =
        Files.writeString(
            dir.resolve("acl"),
            """
            pattern write whorl/%u/status
            pattern write whorl/%u/birth
            pattern write whorl/%u/state
            pattern write whorl/%u/telemetry
            pattern write whorl/%u/event
            pattern write whorl/%u/enrol
            pattern write whorl/%u/fingerprint
            pattern write whorl/%u/reply
            pattern read whorl/%u/cmd
            pattern read whorl/%u/receipt
            pattern read whorl/%u/verdict
            user registry
            topic readwrite whorl/#
            """);
    Path conf =
        Files.writeString(
            dir.resolve("mosquitto.conf"),
            String.join(
                "\n",
                "user root",
                "listener " + port + " 127.0.0.1",
                "cafile " + dir.resolve("ca.pem"),
                "certfile " + dir.resolve("broker.pem"),
                "keyfile " + dir.resolve("broker.key"),
                "require_certificate true",
                "use_identity_as_username true",
                "acl_file " + acl,
                ""));
    Process process =
        new ProcessBuilder(BINARY.toString(), "-c", conf.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("mosquitto.log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(20)).until(() -> answers(port));
    return new Mosquitto(dir, port, process);
  }

  String url() {
    return "ssl://127.0.0.1:" + port;
  }

  MqttSettings as(String client) {
    return new MqttSettings(url(), null, null, dir.resolve("ca.pem"), cert(client), key(client));
  }

  Path ca() {
    return dir.resolve("ca.pem");
  }

  Path cert(String client) {
    return dir.resolve(client + ".pem");
  }

  Path key(String client) {
    return dir.resolve(client + ".key");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static void authority(Path dir) throws Exception {
    openssl(
        dir,
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-days",
        "2",
        "-subj",
        "/CN=test authority");
  }

  private static void certificate(Path dir, String name, String extension) throws Exception {
    Files.writeString(dir.resolve(name + ".ext"), extension + "\n");
    openssl(
        dir,
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        name + ".key",
        "-out",
        name + ".csr",
        "-subj",
        "/CN=" + name);
    openssl(
        dir,
        "x509",
        "-req",
        "-in",
        name + ".csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-out",
        name + ".pem",
        "-days",
        "2",
        "-extfile",
        name + ".ext");
  }

  private static void openssl(Path dir, String... arguments) throws Exception {
    List<String> argv = new ArrayList<>(List.of("openssl"));
    argv.addAll(List.of(arguments));
    Path log = dir.resolve("openssl.log");
    Process process =
        new ProcessBuilder(argv)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(argv + ": " + Files.readString(log));
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
