package dev.whorl.agent.capture;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.fingerprint.MeshComponent;
import dev.whorl.fingerprint.VibrationComponent;
import dev.whorl.fingerprint.vibration.InvalidRecording;
import dev.whorl.fingerprint.vibration.MeshFile;
import dev.whorl.fingerprint.vibration.VibrationFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What other senses than the camera left in files.
 *
 * @param vibration of the frame, null without a file of it
 * @param mesh of the bed, null without one
 */
public record SenseFiles(@Nullable VibrationComponent vibration, @Nullable MeshComponent mesh) {
  /** The bed's heights in a capture's folder. */
  public static final String MESH = "mesh.csv";

  /** Recordings in a capture's folder, one for each axis that was shaken. */
  public static final List<String> VIBRATION = List.of("vibration_x.csv", "vibration_y.csv");

  /** An hour of raw samples is larger; nobody shakes a printer for an hour. */
  private static final long LARGEST_BYTES = 256L << 20;

  /**
   * Reads the files.
   *
   * @param vibration recordings, one for each axis; may be empty
   * @throws UserError in one line, where one cannot be read or is none
   */
  public static SenseFiles read(List<Path> vibration, @Nullable Path mesh) {
    List<VibrationFile.Named> recordings = new ArrayList<>();
    for (Path file : vibration) {
      recordings.add(new VibrationFile.Named(file.toString(), text(file)));
    }
    try {
      return new SenseFiles(
          recordings.isEmpty() ? null : VibrationFile.read(recordings),
          mesh == null ? null : MeshFile.read(mesh.toString(), text(mesh)));
    } catch (InvalidRecording e) {
      throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads the files of a capture's folder, and in place of them those named elsewhere.
   *
   * @param vibration recordings elsewhere; empty for the folder's
   * @param mesh elsewhere; null for the folder's
   * @throws UserError in one line, where one cannot be read or is none
   */
  public static SenseFiles of(Path folder, List<Path> vibration, @Nullable Path mesh) {
    List<Path> own = VIBRATION.stream().map(folder::resolve).filter(Files::isRegularFile).toList();
    Path ownMesh = folder.resolve(MESH);
    return read(
        vibration.isEmpty() ? own : vibration,
        mesh == null && Files.isRegularFile(ownMesh) ? ownMesh : mesh);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw UserError.usage(file + ": larger than " + (LARGEST_BYTES >> 20) + " MiB");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new UserError(ExitCode.USAGE, file + ": there is no such file", e);
    } catch (MalformedInputException e) {
      throw new UserError(ExitCode.USAGE, file + ": not text in UTF-8", e);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, file + ": cannot be read: " + e, e);
    }
  }
}
