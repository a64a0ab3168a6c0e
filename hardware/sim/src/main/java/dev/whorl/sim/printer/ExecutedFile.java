package dev.whorl.sim.printer;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends executed commands to a file, one a line; on disk when nothing is going on. */
public final class ExecutedFile implements Executed, Closeable {

  private final BufferedWriter file;
  private boolean unwritten;

  /**
   * Opens the file.
   *
   * @throws IOException when it cannot be written
   */
  public ExecutedFile(Path path) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("the folder of " + path + " does not exist; make it first");
    }
    try {
      file =
          Files.newBufferedWriter(
              path,
              StandardCharsets.ISO_8859_1,
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new IOException("cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void command(String text) {
    try {
      file.write(text);
      file.write('\n');
      unwritten = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void idle() {
    if (unwritten) {
      try {
        file.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      unwritten = false;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
