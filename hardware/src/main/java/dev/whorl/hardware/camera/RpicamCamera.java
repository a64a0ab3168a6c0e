package dev.whorl.hardware.camera;

import dev.whorl.hardware.Camera;
import dev.whorl.hardware.Exposure;
import dev.whorl.hardware.HardwareException;
import java.nio.file.Path;
import java.util.List;

/**
 * A CSI camera on a Raspberry Pi, through {@code rpicam-still}: the only way to one on a current
 * Raspberry Pi OS. Lossless, with exposure, gain and white balance locked, so that frames under
 * different lamps can be compared.
 */
public final class RpicamCamera implements Camera {
  private final CommandCamera camera;

  public RpicamCamera() throws HardwareException {
    camera =
        new CommandCamera(
            List.of(
                "rpicam-still",
                "--nopreview",
                "--immediate",
                "--encoding",
                "png",
                "--shutter",
                "{exposure_us}",
                "--gain",
                "1",
                "--awbgains",
                "1,1",
                "--denoise",
                "off",
                "--sharpness",
                "0",
                "--output",
                "{out}"));
  }

  @Override
  public void expose(Exposure exposure, Path pngOut) throws HardwareException {
    camera.expose(exposure, pngOut);
  }

  @Override
  public String describe() {
    return "rpicam-still";
  }

  @Override
  public void close() {
    camera.close();
  }
}
