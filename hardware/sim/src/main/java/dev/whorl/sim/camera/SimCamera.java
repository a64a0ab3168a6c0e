package dev.whorl.sim.camera;

import dev.whorl.hardware.BenchSettings;
import dev.whorl.hardware.Camera;
import dev.whorl.hardware.Exposure;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.LampSettings;
import dev.whorl.sim.bed.BedFile;
import dev.whorl.sim.bed.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * The {@code sim} camera: photographs what the simulated printer on {@code printer.port} printed
 * last, as far as its lamps light it. With other lamps than {@code sim} it takes the exposure's
 * word for which lamp is on.
 */
final class SimCamera implements Camera {

  private static final double PX_PER_MM = 60;

  private final BenchSettings settings;
  private final Path bedFile;
  private final SimOptics optics;
  private @Nullable Scene scene;
  private @Nullable FileTime sceneTime;
  private int frames;

  SimCamera(BenchSettings settings) {
    this.settings = settings;
    Path link = Path.of(settings.printerPort().replaceFirst("^sim:", ""));
    this.bedFile = BedFile.beside(link);
    this.optics = SimOptics.of(Noise.seed(link.toString().hashCode(), "camera"), PX_PER_MM);
  }

  @Override
  public void expose(Exposure exposure, Path pngOut) throws HardwareException {
    try {
      scene().photograph(lamp(exposure), exposure.exposureUs(), frames++, pngOut);
    } catch (IOException e) {
      throw new HardwareException("camera.driver = \"sim\": " + e.getMessage(), e);
    }
  }

  private @Nullable SimLamp lamp(Exposure exposure) throws HardwareException {
    String lit =
        settings.lamps().driver().equals("sim")
            ? LitLamps.lit(settings.printerPort())
            : exposure.lamp();
    if (lit == null || lit.equals(Exposure.DARK)) {
      return null;
    }
    for (LampSettings lamp : settings.lamps().lamps()) {
      if (lamp.name().equals(lit)) {
        Double distanceMm = lamp.distanceMm();
        try {
          return new SimLamp(
              lit,
              lamp.azimuthDeg(),
              lamp.elevationDeg(),
              distanceMm == null ? LampRing.DISTANCE_MM : distanceMm);
        } catch (IllegalArgumentException e) {
          throw new HardwareException("camera.driver = \"sim\": " + e.getMessage(), e);
        }
      }
    }
    throw new HardwareException(
        "camera.driver = \"sim\": there is no lamp " + lit + "; name one of lamps.lamp");
  }

  private Scene scene() throws IOException {
    if (!Files.exists(bedFile)) {
      throw new IOException(
          bedFile
              + " is not there; let printer.port name the link of a running whorl sim printer, and"
              + " print first");
    }
    FileTime time = Files.getLastModifiedTime(bedFile);
    if (scene == null || !time.equals(sceneTime)) {
      close();
      scene = LookAt.last(bedFile).scene(optics);
      sceneTime = time;
    }
    return scene;
  }

  @Override
  public String describe() {
    return "sim camera over " + bedFile;
  }

  @Override
  public void close() {
    if (scene != null) {
      scene.close();
      scene = null;
    }
  }
}
