package dev.whorl.agent.uplink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.RunFolder;
import dev.whorl.common.envelope.Digest;
import dev.whorl.common.envelope.Envelope;
import dev.whorl.common.mqtt.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The signed message that carries a run's fingerprint. */
final class FingerprintMessage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FingerprintMessage() {}

  /** Reads what the run left in its folder, and signs it. */
  static Envelope of(AgentConfig config, String run, RunFolder folder, Voice voice)
      throws IOException {
    JsonNode fingerprint = JSON.readTree(Files.readAllBytes(folder.fingerprint()));
    JsonNode capture = JSON.readTree(Files.readAllBytes(folder.capture()));
    ObjectNode body = JSON.createObjectNode();
    body.put("run", run);
    body.put("coupon", capture.path("coupon").asText());
    body.set("fingerprint", fingerprint);
    ObjectNode environment = body.putObject("environment");
    environment.put("filament", config.printer().filament());
    environment.put("nozzle_c", config.printer().nozzleC());
    environment.put("bed_c", config.printer().bedC());
    environment.put("exposure_us", config.camera().exposureUs());
    ObjectNode frames = body.putObject("frames");
    for (JsonNode lamp : capture.path("lamps")) {
      frame(frames, folder, lamp.path("file").asText());
    }
    if (capture.path("dark").isTextual()) {
      frame(frames, folder, capture.path("dark").asText());
    }
    return voice.signed(Topic.FINGERPRINT, body);
  }

  private static void frame(ObjectNode frames, RunFolder folder, String file) throws IOException {
    Path path = folder.path().resolve(file);
    frames.put(file, Digest.sha256Hex(Files.readAllBytes(path)));
  }
}
