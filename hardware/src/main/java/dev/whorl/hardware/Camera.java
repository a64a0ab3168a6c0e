package dev.whorl.hardware;

import java.nio.file.Path;

/** Takes one frame at a time; frames are files, so that no native image crosses this boundary. */
public interface Camera extends AutoCloseable {
  /**
   * Takes one frame and writes it as an 8- or 16-bit PNG, whole or not at all.
   *
   * @param exposure the lamp that is on, the exposure time and how long to wait
   * @param pngOut where the frame goes; replaced if it exists
   * @throws HardwareException with one line for a person when no frame came in time
   */
  void expose(Exposure exposure, Path pngOut) throws HardwareException;

  /** Names the driver and what it is attached to, for lists of wires. */
  String describe();

  @Override
  void close();
}
