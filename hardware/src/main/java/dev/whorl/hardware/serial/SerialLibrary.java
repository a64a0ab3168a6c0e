package dev.whorl.hardware.serial;

import com.fazecast.jSerialComm.SerialPort;
import dev.whorl.hardware.HardwareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads the serial library, whose native half unpacks into {@code java.io.tmpdir} and runs from
 * there. Where that folder is mounted noexec, is full or cannot be written, another of this user's
 * own is taken: a class that failed to load once does so for ever.
 */
final class SerialLibrary {

  private static final String TEMPORARY = "java.io.tmpdir";
  private static boolean loaded;

  private SerialLibrary() {}

  /**
   * Loads it, once.
   *
   * @throws HardwareException with one line when it can run from no folder
   */
  static synchronized void load() throws HardwareException {
    if (loaded) {
      return;
    }
    String temporary = System.getProperty(TEMPORARY, "/tmp");
    List<Path> candidates = candidates(temporary);
    for (Path folder : candidates) {
      if (runsPrograms(folder)) {
        loadFrom(folder, temporary);
        return;
      }
    }
    throw new HardwareException(
        "the serial library cannot be loaded: %s may not hold programs (mounted noexec, full, or another's?): start with -Djava.io.tmpdir=<a folder that may>"
            .formatted(String.join(", ", candidates.stream().map(Path::toString).toList())));
  }

  private static void loadFrom(Path folder, String temporary) throws HardwareException {
    System.setProperty(TEMPORARY, folder.toString());
    try {
      Class.forName(SerialPort.class.getName(), true, SerialLibrary.class.getClassLoader());
      loaded = true;
    } catch (ClassNotFoundException | LinkageError e) {
      throw new HardwareException(
          "the serial library cannot be loaded from "
              + folder
              + ": is this machine's processor one that jSerialComm knows?",
          e);
    } finally {
      System.setProperty(TEMPORARY, temporary);
    }
  }

  /** The folder for temporary files, then what systemd and the desktop give this user. */
  private static List<Path> candidates(String temporary) {
    List<Path> folders = new ArrayList<>();
    folders.add(Path.of(temporary));
    for (String variable :
        List.of("CACHE_DIRECTORY", "STATE_DIRECTORY", "RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR")) {
      String folder = System.getenv(variable);
      // systemd separates several by colons.
      if (folder != null && !folder.isBlank()) {
        folders.add(Path.of(folder.split(":")[0]));
      }
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    folders.add(
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home", "/"), ".cache", "whorl")
            : Path.of(cache, "whorl"));
    return folders;
  }

  /** Whether a file in there may be run, as the kernel says: on a noexec mount not even by root. */
  private static boolean runsPrograms(Path folder) {
    try {
      Files.createDirectories(folder);
      Path probe =
          Files.createTempFile(
              folder,
              "whorl",
              ".probe",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try {
        Files.writeString(probe, "probe");
        // The library runs what it finds unpacked there, whoever put it: it must be ours.
        Path unpacked = folder.resolve("jSerialComm");
        return Files.isExecutable(probe)
            && (!Files.exists(unpacked, LinkOption.NOFOLLOW_LINKS)
                || Files.getOwner(unpacked, LinkOption.NOFOLLOW_LINKS)
                    .equals(Files.getOwner(probe)));
      } finally {
        Files.deleteIfExists(probe);
      }
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
