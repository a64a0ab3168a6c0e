package dev.whorl.agent.cli;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintFormatException;
import dev.whorl.fingerprint.FingerprintJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A fingerprint that a user names. */
final class FingerprintFile {
  private FingerprintFile() {}

  /** Reads it; what is wrong with it is said in one line. */
  static Fingerprint read(Path file) {
    try {
      if (Files.size(file) > FingerprintJson.MAX_BYTES) {
        throw UserError.usage(
            file + ": not a fingerprint: larger than " + FingerprintJson.MAX_BYTES + " bytes");
      }
      return FingerprintJson.read(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new UserError(ExitCode.USAGE, file + ": there is no such file", e);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, file + ": cannot be read: " + e, e);
    } catch (FingerprintFormatException e) {
      throw new UserError(ExitCode.USAGE, file + ": " + e.getMessage(), e);
    }
  }
}
