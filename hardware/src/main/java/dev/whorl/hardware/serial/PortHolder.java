package dev.whorl.hardware.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who has locked a port, as the kernel's list of locks tells it. */
final class PortHolder {

  private static final Path LOCKS = Path.of("/proc/locks");

  /** {@code 1: FLOCK ADVISORY WRITE 1234 00:18:3 0 EOF}; device numbers are hexadecimal. */
  private static final Pattern LOCK =
      Pattern.compile("\\d+: FLOCK\\s+\\S+\\s+\\S+\\s+(\\d+) ([0-9a-f]+):([0-9a-f]+):(\\d+) .*");

  private PortHolder() {}

  /** Why the port is not to be had and what to do, with the program's name where it is known. */
  static String of(Path device) {
    String program = "";
    try {
      long dev = ((Number) Files.getAttribute(device, "unix:dev")).longValue();
      long inode = ((Number) Files.getAttribute(device, "unix:ino")).longValue();
      // As gnu_dev_major and gnu_dev_minor of glibc have it.
      long major = (dev >> 8) & 0xfff;
      long minor = (dev & 0xff) | ((dev >> 12) & 0xfff00);
      for (String line : Files.readAllLines(LOCKS)) {
        Matcher m = LOCK.matcher(line);
        if (m.matches()
            && Long.parseLong(m.group(2), 16) == major
            && Long.parseLong(m.group(3), 16) == minor
            && Long.parseLong(m.group(4)) == inode) {
          program = name(Long.parseLong(m.group(1)));
        }
      }
    } catch (IOException | RuntimeException e) {
      // Not every container shows its locks: then nobody is named.
    }
    return program.isEmpty()
        ? "taken by another program: close it first (OctoPrint, a terminal?)"
        : "taken by " + program + ": close it first";
  }

  private static String name(long process) throws IOException {
    if (process == ProcessHandle.current().pid()) {
      return "this very program";
    }
    String name = Files.readString(Path.of("/proc/" + process + "/comm")).strip();
    return name.isEmpty() ? "" : name + " (process " + process + ")";
  }
}
