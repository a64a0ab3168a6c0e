package dev.whorl.common.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads TOML settings, a main file and drop-ins that override it key by key, and collects every
 * problem with file, line and key. Use: take tables and values from {@link #root}, then call {@link
 * #finish}, which throws one {@link UserError} with a line per problem, unknown keys among them.
 * Getters record a problem and return a harmless value, so nothing read may be used before {@code
 * finish}.
 */
public final class SettingsReader {
  /** More than any settings need. */
  private static final long LARGEST_FILE_BYTES = 1 << 20;

  private static final TomlMapper TOML = new TomlMapper();

  private record Origin(Path file, int line) {}

  private final Path main;
  private final Map<String, Origin> origins = new HashMap<>();
  private final ObjectNode tree = TOML.createObjectNode();
  private final List<String> problems = new ArrayList<>();
  private final SettingsTable root;

  private SettingsReader(Path main) {
    this.main = main;
    this.root = new SettingsTable(this, tree, "");
  }

  /**
   * Reads a settings file, and drop-ins where they exist, later ones winning. Tables are merged by
   * key; a list replaces a list.
   *
   * @throws UserError when the file is missing or is not TOML
   */
  public static SettingsReader read(Path file, Path... dropIns) {
    SettingsReader reader = new SettingsReader(file);
    reader.add(file);
    for (Path dropIn : dropIns) {
      if (Files.exists(dropIn)) {
        reader.add(dropIn);
      }
    }
    return reader;
  }

  /** The top of the tree. */
  public SettingsTable root() {
    return root;
  }

  /** Top-level table, empty if it is not there. */
  public SettingsTable table(String key) {
    return root.table(key);
  }

  /**
   * Ends reading.
   *
   * @throws UserError one line per problem: file:line: key: what is wrong
   */
  public void finish() {
    root.reportUnknownKeys();
    if (!problems.isEmpty()) {
      throw UserError.usage(String.join("\n", problems));
    }
  }

  void problem(String path, String message) {
    String key = path.isEmpty() ? "" : path + ": ";
    Origin origin = origin(path);
    String where = origin.line > 0 ? origin.file + ":" + origin.line : origin.file.toString();
    problems.add(where + ": " + key + message);
  }

  /** The folder of the file in which a key stands: what its relative paths are relative to. */
  Path folderOf(String path) {
    Path folder = origin(path).file.toAbsolutePath().normalize().getParent();
    return folder == null ? Path.of("/") : folder;
  }

  /** Where a key stands, or the nearest thing around it. */
  private Origin origin(String path) {
    String here = path;
    while (!here.isEmpty()) {
      Origin origin = origins.get(here);
      if (origin != null) {
        return origin;
      }
      int cut = Math.max(here.lastIndexOf('.'), here.lastIndexOf('['));
      here = cut < 0 ? "" : here.substring(0, cut);
    }
    return new Origin(main, 0);
  }

  private void add(Path file) {
    String text = text(file);
    JsonNode parsed;
    try {
      parsed = TOML.readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      String reason = e.getOriginalMessage().lines().findFirst().orElse("not TOML");
      throw new UserError(ExitCode.USAGE, file + (line > 0 ? ":" + line : "") + ": " + reason, e);
    }
    if (parsed instanceof ObjectNode object) {
      Map<String, Integer> lines = KeyLines.of(text);
      merge(tree, object, "");
      lines.forEach((path, line) -> origins.put(path, new Origin(file, line)));
    }
  }

  private void merge(ObjectNode into, ObjectNode from, String path) {
    for (Map.Entry<String, JsonNode> entry : from.properties()) {
      String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      if (entry.getValue() instanceof ObjectNode table
          && into.get(entry.getKey()) instanceof ObjectNode known) {
        merge(known, table, key);
      } else {
        if (entry.getValue() instanceof ArrayNode) {
          origins.keySet().removeIf(known -> known.startsWith(key + "["));
        }
        into.set(entry.getKey(), entry.getValue());
      }
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE_BYTES) {
        throw UserError.usage(file + ": larger than 1 MiB, which is not a settings file");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new UserError(ExitCode.USAGE, file + ": there is no such file", e);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
