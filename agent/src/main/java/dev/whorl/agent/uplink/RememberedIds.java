package dev.whorl.agent.uplink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ids of commands that were taken, on disk until each one's {@code not_after}: nobody can play
 * a recorded command again, not even after a restart.
 */
final class RememberedIds {
  /** At one command a minute this is a day's, the longest that a command is good for. */
  private static final int MOST = 1440;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, Instant> notAfterById = new TreeMap<>();

  RememberedIds(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      try {
        JsonNode json = JSON.readTree(Files.readAllBytes(file));
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
          notAfterById.put(entry.getKey(), Instant.parse(entry.getValue().asText()));
        }
      } catch (IOException | DateTimeException e) {
        throw new IOException(
            file + " is damaged: delete it when no command of the last day could harm", e);
      }
    }
  }

  /**
   * Takes an id.
   *
   * @return false when it was taken before
   * @throws IOException when it cannot be remembered: then the command must not be done
   */
  synchronized boolean take(String id, Instant notAfter, Instant now) throws IOException {
    notAfterById.values().removeIf(end -> end.isBefore(now));
    if (notAfterById.containsKey(id)) {
      return false;
    }
    if (notAfterById.size() >= MOST) {
      throw new IOException("more than " + MOST + " commands a day");
    }
    notAfterById.put(id, notAfter);
    ObjectNode json = JSON.createObjectNode();
    notAfterById.forEach((key, end) -> json.put(key, end.toString()));
    AtomicFile.write(file, JSON.writeValueAsBytes(json));
    return true;
  }
}
