package dev.whorl.registry.evaluate;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.fingerprint.FingerprintFormatException;
import dev.whorl.fingerprint.FingerprintJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads {@code DIR/<printer>/*.json}. */
public final class LabelledFolder {
  private LabelledFolder() {}

  /**
   * Every fingerprint of a folder, by printer, then by time.
   *
   * @throws UserError with a line for every file that is not a fingerprint
   */
  public static List<Labelled> read(Path folder) {
    List<Labelled> all = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try {
      for (Path printer : children(folder)) {
        if (Files.isDirectory(printer)) {
          for (Path file : children(printer)) {
            if (file.getFileName().toString().endsWith(".json")) {
              add(all, problems, printer.getFileName().toString(), file);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE, folder + ": not a folder that can be read: " + e.getMessage(), e);
    }
    if (!problems.isEmpty()) {
      throw UserError.usage(String.join("\n", problems));
    }
    if (all.isEmpty()) {
      throw UserError.usage(
          folder + ": no fingerprint in it; they belong in " + folder + "/<printer>/*.json");
    }
    all.sort(
        Comparator.comparing(Labelled::printer)
            .thenComparing(labelled -> labelled.fingerprint().time())
            .thenComparing(Labelled::name));
    return all;
  }

  private static void add(List<Labelled> all, List<String> problems, String printer, Path file)
      throws IOException {
    if (Files.size(file) > FingerprintJson.MAX_BYTES) {
      problems.add(file + ": larger than a fingerprint may be");
      return;
    }
    try {
      all.add(
          new Labelled(
              printer,
              printer + "/" + file.getFileName(),
              FingerprintJson.read(Files.readAllBytes(file))));
    } catch (FingerprintFormatException | IllegalArgumentException e) {
      problems.add(file + ": " + e.getMessage());
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
