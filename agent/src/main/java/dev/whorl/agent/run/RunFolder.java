package dev.whorl.agent.run;

import dev.whorl.agent.capture.SenseFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run leaves on the disk: a capture folder that {@code whorl agent fingerprint} reads, with
 * the program that was printed, the fingerprint and the signed envelope beside the frames.
 *
 * @param path {@code <state_dir>/runs/<run>}
 */
public record RunFolder(Path path) {
  /** Frames of a run take some 100 MB; older runs' folders are deleted. */
  static final int KEPT_RUNS = 10;

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** The folder of a run. */
  public static RunFolder of(Path stateDir, String run) {
    return new RunFolder(stateDir.resolve("runs").resolve(run));
  }

  /** An id for a run that begins now, not used before. */
  static String newId(Path stateDir, Instant now) {
    String id = ID.format(now);
    String candidate = id;
    for (int n = 2; Files.exists(of(stateDir, candidate).path()); n++) {
      candidate = id + "-" + n;
    }
    return candidate;
  }

  /** Makes the folder and deletes those of the oldest runs beyond {@value #KEPT_RUNS}. */
  void create() throws IOException {
    Files.createDirectories(path);
    Path runs = path.getParent();
    if (runs == null) {
      return;
    }
    List<Path> all;
    try (Stream<Path> list = Files.list(runs)) {
      // Ids begin with the time, so that their order is the order of the runs.
      all = list.filter(Files::isDirectory).sorted().toList();
    }
    for (Path old : all.subList(0, Math.max(0, all.size() - KEPT_RUNS))) {
      if (!old.equals(path)) {
        delete(old);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path entry : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }

  public Path program() {
    return path.resolve("program.gcode");
  }

  public Path capture() {
    return path.resolve("capture.json");
  }

  /** The bed's heights in mm; only where the printer said them. */
  public Path mesh() {
    return path.resolve(SenseFiles.MESH);
  }

  public Path fingerprint() {
    return path.resolve("fingerprint.json");
  }

  public Path envelope() {
    return path.resolve("envelope.json");
  }
}
