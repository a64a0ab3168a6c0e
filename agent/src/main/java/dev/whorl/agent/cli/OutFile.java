package dev.whorl.agent.cli;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Writes what a user asked for, whole or not at all. */
final class OutFile {
  private OutFile() {}

  static void write(Path file, byte[] bytes) {
    try {
      AtomicFile.write(file, bytes);
    } catch (NoSuchFileException e) {
      throw new UserError(
          ExitCode.USAGE, file + ": cannot be written: its folder does not exist", e);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, file + ": cannot be written: " + e, e);
    }
  }

  static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Makes a folder where there is none. */
  static Path folder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, folder + ": cannot be made a folder: " + e, e);
    }
  }
}
