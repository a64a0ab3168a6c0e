package dev.whorl.fingerprint.capture;

import java.io.IOException;

/** Where a capture's encoded images come from: a folder, an archive, memory. */
@FunctionalInterface
public interface FrameSource {
  /**
   * The bytes of one encoded image.
   *
   * @param file a name out of {@code capture.json}, without any folder
   * @throws IOException when there is no such file or it cannot be read; the message says why
   */
  byte[] read(String file) throws IOException;
}
