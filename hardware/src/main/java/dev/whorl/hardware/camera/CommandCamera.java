package dev.whorl.hardware.camera;

import dev.whorl.hardware.Camera;
import dev.whorl.hardware.Exposure;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.process.BoundedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A camera that is any program: it is run once a frame and writes one image file (8- or 16-bit PNG,
 * JPEG or TIFF), which is kept as PNG.
 */
public final class CommandCamera implements Camera {
  private final List<String> argv;

  /**
   * @param argv program and arguments; {@code {out}}, {@code {lamp}} and {@code {exposure_us}} are
   *     replaced wherever they stand
   * @throws HardwareException when argv is empty or nowhere says {@code {out}}
   */
  public CommandCamera(List<String> argv) throws HardwareException {
    if (argv.isEmpty() || argv.stream().noneMatch(a -> a.contains("{out}"))) {
      throw new HardwareException(
          "camera.command: needs a program and an argument with {out}, the image file to write");
    }
    this.argv = List.copyOf(argv);
  }

  @Override
  public void expose(Exposure exposure, Path pngOut) throws HardwareException {
    Path raw = pngOut.resolveSibling("." + pngOut.getFileName() + ".raw.png");
    try {
      Files.deleteIfExists(raw);
      BoundedProcess.run(
          "camera.command",
          argv.stream()
              .map(
                  a ->
                      a.replace("{out}", raw.toString())
                          .replace("{lamp}", exposure.lamp())
                          .replace("{exposure_us}", Integer.toString(exposure.exposureUs())))
              .toList(),
          exposure.timeoutMs());
      if (!Files.isRegularFile(raw)) {
        throw new HardwareException(
            "camera.command: `" + argv.get(0) + "` ended well but wrote no file at {out}");
      }
      FrameFile.keepAsPng(raw, pngOut, "camera.command");
    } catch (IOException e) {
      throw new HardwareException("camera.command: cannot keep the frame: " + e.getMessage(), e);
    } finally {
      deleteQuietly(raw);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // A leftover beside the frame is hidden and overwritten by the next exposure.
      file.toFile().deleteOnExit();
    }
  }

  @Override
  public String describe() {
    return "command " + argv.get(0);
  }

  @Override
  public void close() {}
}
