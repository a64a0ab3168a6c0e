package dev.whorl.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.config.AgentConfigReader;
import dev.whorl.agent.config.UplinkConfig;
import dev.whorl.agent.uplink.OperatorVoice;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.cli.Version;
import dev.whorl.common.envelope.SigningKey;
import dev.whorl.common.mqtt.MqttSettings;
import dev.whorl.common.mqtt.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends an operator's signed command to an agent and waits for its reply. */
@Command(
    name = "whorl cmd",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "A signed command to a printer's agent over MQTT.")
public final class CmdCommand implements Callable<Integer> {
  private static final List<String> VERBS = List.of("enroll", "clear-bed", "cool", "abort");
  private static final Duration CONNECT = Duration.ofSeconds(30);
  private static final Duration REPLY = Duration.ofSeconds(30);

  @Parameters(index = "0", paramLabel = "PRINTER", description = "The printer's id.")
  private String printer;

  @Parameters(index = "1", paramLabel = "VERB", description = "enroll, clear-bed, cool or abort.")
  private String verb;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The operator's private key (Ed25519, PEM), whose public half the agent knows.")
  private Path key;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "An agent's configuration whose [mqtt] says how to reach the broker.")
  private @Nullable Path config;

  @Option(names = "--url", description = "The broker, tcp://host:port or ssl://host:port.")
  private @Nullable String url;

  @Option(names = "--ca", paramLabel = "FILE", description = "Whom to trust, PEM.")
  private @Nullable Path ca;

  @Option(names = "--cert", paramLabel = "FILE", description = "Certificate for the broker, PEM.")
  private @Nullable Path cert;

  @Option(names = "--cert-key", paramLabel = "FILE", description = "Its key, PEM.")
  private @Nullable Path certKey;

  @Option(names = "--json", description = "Print the reply as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (!Topic.PRINTER_ID.matcher(printer).matches()) {
      throw UserError.usage("\"" + printer + "\" is not a printer's id");
    }
    if (!VERBS.contains(verb.toLowerCase(Locale.ROOT))) {
      throw UserError.usage("\"" + verb + "\" is none of " + String.join(", ", VERBS));
    }
    MqttSettings broker = broker();
    Optional<JsonNode> reply =
        new OperatorVoice(broker, printer, SigningKey.read(key)).command(verb, CONNECT, REPLY);
    if (reply.isEmpty()) {
      throw UserError.network(
          printer
              + ": no reply within "
              + REPLY.toSeconds()
              + " s; is its agent running, and does its mqtt.operators name this key?");
    }
    boolean ok = reply.get().path("ok").asBoolean();
    String reason = reply.get().path("reason").asText();
    if (json) {
      ObjectNode object = JsonOut.object();
      object.put("printer", printer).put("verb", verb).put("ok", ok).put("reason", reason);
      JsonOut.print(object);
    } else {
      System.out.println(printer + ": " + verb + (ok ? " taken" : " refused: " + reason));
    }
    return ok ? ExitCode.DONE : ExitCode.NO;
  }

  private MqttSettings broker() {
    if (url != null) {
      return new MqttSettings(url, null, null, ca, cert, certKey);
    }
    if (config == null) {
      throw UserError.usage("say where the broker is: --url or --config");
    }
    UplinkConfig mqtt = AgentConfigReader.read(config).mqtt();
    if (mqtt == null) {
      throw UserError.usage(config + ": there is no [mqtt] in it; give --url");
    }
    return mqtt.settings();
  }
}
