package dev.whorl.sim.cli;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import io.moquette.broker.Server;
import io.moquette.broker.config.IConfig;
import io.moquette.broker.config.MemoryConfig;
import io.moquette.broker.security.FileAuthenticator;
import io.moquette.broker.security.IAuthenticator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code whorl sim broker}: an MQTT 3.1.1 broker as a process of its own. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description = {
      "An MQTT 3.1.1 broker for trying things out: no TLS, no access rules, nothing kept.",
      "Prints \"ready tcp://HOST:PORT\" when it can be reached."
    })
public final class BrokerCommand implements Callable<Integer> {

  /** Moquette's default of 8 KiB drops the connection at the first fingerprint. */
  private static final int MESSAGE_BYTES = 1 << 20;

  @Option(
      names = "--listen",
      defaultValue = "127.0.0.1:1883",
      paramLabel = "HOST:PORT",
      description = "Where to listen (default ${DEFAULT-VALUE}).")
  private String listen;

  @Option(
      names = "--user-file",
      paramLabel = "FILE",
      description = "Let in only whom this file names: lines of user:SHA-256 of the password.")
  private @Nullable Path userFile;

  @Override
  public Integer call() throws InterruptedException {
    int colon = listen.lastIndexOf(':');
    String host = colon > 0 ? listen.substring(0, colon) : "";
    int port = port(colon < 0 ? "" : listen.substring(colon + 1));
    if (host.isEmpty() || port < 0) {
      throw UserError.usage("--listen " + listen + " must be HOST:PORT, as in 127.0.0.1:1883");
    }
    Path users = userFile;
    if (users != null && !Files.isReadable(users)) {
      throw UserError.usage("--user-file " + users + " cannot be read");
    }
    Server server = new Server();
    try {
      server.startServer(config(host, port), List.of(), null, authenticator(users), null);
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          ExitCode.NETWORK, "cannot listen on " + listen + " (" + e.getMessage() + ")", e);
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.stopServer();
                  stopped.countDown();
                },
                "stop"));
    System.out.println("ready tcp://" + listen);
    System.out.flush();
    stopped.await();
    return ExitCode.DONE;
  }

  private static @Nullable IAuthenticator authenticator(@Nullable Path users) {
    if (users == null) {
      return null;
    }
    Path file = users.toAbsolutePath();
    return new FileAuthenticator(String.valueOf(file.getParent()), file.getFileName().toString());
  }

  private IConfig config(String host, int port) {
    Properties properties = new Properties();
    properties.setProperty(IConfig.HOST_PROPERTY_NAME, host);
    properties.setProperty(IConfig.PORT_PROPERTY_NAME, Integer.toString(port));
    properties.setProperty(IConfig.ALLOW_ANONYMOUS_PROPERTY_NAME, String.valueOf(userFile == null));
    // Clients that leave it to the broker to name them (mosquitto_pub) are refused otherwise.
    properties.setProperty("allow_zero_byte_client_id", "true");
    properties.setProperty(IConfig.PERSISTENCE_ENABLED_PROPERTY_NAME, "false");
    properties.setProperty(IConfig.ENABLE_TELEMETRY_NAME, "false");
    properties.setProperty(IConfig.NETTY_MAX_BYTES_PROPERTY_NAME, Integer.toString(MESSAGE_BYTES));
    return new MemoryConfig(properties);
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port >= 1 && port <= 65_535 ? port : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
