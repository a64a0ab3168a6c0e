package dev.whorl.hardware.pty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A symbolic link by which a host finds a pseudo-terminal; removed when closed. */
public final class PortLink implements AutoCloseable {

  private final Path link;
  private final Path target;

  private PortLink(Path link, Path target) {
    this.link = link;
    this.target = target;
  }

  /**
   * Points {@code link} at {@code target} in one step, in place of an older link.
   *
   * @throws IOException when something that is no link is there, or the folder cannot be written
   */
  public static PortLink make(Path link, Path target) throws IOException {
    Path absolute = link.toAbsolutePath();
    if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(absolute)) {
      throw new IOException(link + " exists and is no link; name another path or remove it");
    }
    Path folder = absolute.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("the folder of " + link + " does not exist; make it first");
    }
    Path part =
        absolute.resolveSibling(
            "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    Files.deleteIfExists(part);
    Files.createSymbolicLink(part, target);
    Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE);
    return new PortLink(absolute, target);
  }

  /** Where the link is, absolute. */
  public Path path() {
    return link;
  }

  /** Removes the link, unless another process has pointed it elsewhere meanwhile. */
  @Override
  public void close() {
    try {
      if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
        Files.deleteIfExists(link);
      }
    } catch (IOException e) {
      // A stale link does no harm: the next start replaces it.
    }
  }
}
