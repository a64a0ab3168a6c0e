package dev.whorl.registry.judge;

import dev.whorl.common.cli.UserError;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.compare.ScoreModelsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The score models of this registry: its own fleet's, where {@code calibrate} made some. */
public final class ModelsFile {
  /** A few hundred bytes; beyond this it is something else. */
  private static final long LARGEST_BYTES = 1 << 20;

  private ModelsFile() {}

  /** Where the registry keeps them. */
  public static Path in(Path stateDir) {
    return stateDir.resolve("score-models.json");
  }

  /** Those of a state folder, or those of this version where there are none. */
  public static ScoreModels of(Path stateDir) {
    Path file = in(stateDir);
    return Files.exists(file) ? read(file) : ScoreModels.shipped();
  }

  /**
   * Reads a file.
   *
   * @throws UserError in one line that says what to do
   */
  public static ScoreModels read(Path file) {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw new IOException("not score models: larger than 1 MiB");
      }
      return ScoreModelsJson.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw UserError.usage(
          file
              + ": "
              + e.getMessage()
              + "; make it anew with whorl registry calibrate, or remove it");
    }
  }
}
