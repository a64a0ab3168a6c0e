package dev.whorl.bench.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintFormatException;
import dev.whorl.fingerprint.FingerprintJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fingerprints of a run, one file for each machine, so that an interrupted run goes on where it
 * was. A file is written whole or not at all. Safe for many threads, each with its own machines.
 */
public final class FleetStore {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int VERSION = 1;

  private final Path dir;
  private final String kind;
  private final String madeBy;

  /**
   * @param dir the run's folder
   * @param kind {@code rendered}, or how else they came about
   * @param madeBy names what decides how fingerprints turn out: what another made is not mixed in
   */
  public FleetStore(Path dir, String kind, String madeBy) {
    this.dir = dir;
    this.kind = kind;
    this.madeBy = madeBy;
  }

  /**
   * The machine's fingerprints, by visit; those that are not there yet are made and kept.
   *
   * @return in the order of the visits; none for a coupon that could not be read
   * @throws UserError if the folder cannot be read or written, or holds another run's machine
   */
  public Map<Visit, Optional<Fingerprint>> of(
      FleetMachine machine, List<Visit> visits, Coupons coupons) {
    Path file = dir.resolve(kind).resolve(machine.id() + ".json");
    Map<String, Optional<Fingerprint>> kept = read(file, machine);
    Map<Visit, Optional<Fingerprint>> all = new LinkedHashMap<>();
    int before = kept.size();
    for (Visit visit : visits) {
      all.put(visit, kept.computeIfAbsent(visit.name(), name -> coupons.make(machine, visit)));
    }
    if (kept.size() > before) {
      write(file, machine, kept);
    }
    return all;
  }

  /** How many coupons of these are kept already. */
  public int kept(FleetMachine machine, List<Visit> visits) {
    Map<String, Optional<Fingerprint>> kept =
        read(dir.resolve(kind).resolve(machine.id() + ".json"), machine);
    return (int) visits.stream().filter(visit -> kept.containsKey(visit.name())).count();
  }

  private Map<String, Optional<Fingerprint>> read(Path file, FleetMachine machine) {
    Map<String, Optional<Fingerprint>> kept = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return kept;
    }
    try {
      JsonNode root = MAPPER.readTree(file.toFile());
      if (root.path("v").asInt() != VERSION || root.path("seed").asLong() != machine.seed()) {
        throw UserError.usage(
            "bench fleet: " + file + " is of another run; choose another --out or remove it");
      }
      if (!root.path("made_by").asText().equals(madeBy)) {
        throw UserError.usage(
            "bench fleet: "
                + file
                + " was measured by another version or model; choose another --out or remove it");
      }
      for (Map.Entry<String, JsonNode> entry : root.path("coupons").properties()) {
        kept.put(
            entry.getKey(),
            entry.getValue().isNull()
                ? Optional.empty()
                : Optional.of(FingerprintJson.read(entry.getValue())));
      }
    } catch (IOException | FingerprintFormatException e) {
      throw new UserError(
          ExitCode.USAGE, "bench fleet: " + file + " cannot be read as a fleet's; remove it", e);
    }
    return kept;
  }

  private void write(Path file, FleetMachine machine, Map<String, Optional<Fingerprint>> coupons) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("v", VERSION);
    root.put("seed", machine.seed());
    root.put("made_by", madeBy);
    ObjectNode all = root.putObject("coupons");
    coupons.forEach(
        (name, fingerprint) -> all.set(name, fingerprint.map(FingerprintJson::tree).orElse(null)));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      AtomicFile.write(file, MAPPER.writeValueAsBytes(root));
    } catch (IOException e) {
      throw UserError.usage("bench fleet: cannot write " + file + ": " + e.getMessage());
    }
  }
}
