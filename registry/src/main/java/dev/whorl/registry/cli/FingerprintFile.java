package dev.whorl.registry.cli;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintFormatException;
import dev.whorl.fingerprint.FingerprintJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a fingerprint from a file. */
final class FingerprintFile {
  private FingerprintFile() {}

  static Fingerprint read(Path file) {
    try {
      if (Files.size(file) > FingerprintJson.MAX_BYTES) {
        throw UserError.usage(
            file + ": larger than a fingerprint may be (" + FingerprintJson.MAX_BYTES + " bytes)");
      }
      return FingerprintJson.read(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw UserError.usage(file + ": there is no such file");
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, file + ": cannot be read: " + e.getMessage(), e);
    } catch (FingerprintFormatException | IllegalArgumentException e) {
      throw new UserError(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
  }
}
