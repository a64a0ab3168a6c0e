package dev.whorl.hardware;

import dev.whorl.hardware.camera.CommandCamera;
import dev.whorl.hardware.camera.RpicamCamera;
import dev.whorl.hardware.lamps.CommandLamps;
import dev.whorl.hardware.lamps.LimitedLamps;
import dev.whorl.hardware.lamps.NoLamps;
import dev.whorl.hardware.relay.CommandRelay;
import dev.whorl.hardware.relay.NoRelay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;

/**
 * The camera and the lamps of one printer, opened from the config, and the one operation that uses
 * both. Not for several threads at once.
 */
public final class Bench implements AutoCloseable {
  private final BenchSettings settings;
  private final Camera camera;
  private final Lamps lamps;

  private Bench(BenchSettings settings, Camera camera, Lamps lamps) {
    this.settings = settings;
    this.camera = camera;
    this.lamps = lamps;
  }

  /** Opens both; neither stays open when the other fails. */
  public static Bench open(BenchSettings settings) throws HardwareException {
    Lamps lamps = openLamps(settings);
    try {
      return new Bench(settings, openCamera(settings), lamps);
    } catch (HardwareException | RuntimeException e) {
      lamps.close();
      throw e;
    }
  }

  /** Opens the camera alone. */
  public static Camera openCamera(BenchSettings settings) throws HardwareException {
    CameraSettings camera = settings.camera();
    return switch (camera.driver()) {
      case "command" -> new CommandCamera(camera.command());
      case "rpicam" -> new RpicamCamera();
      case "v4l2", "mjpeg" -> throw notBuilt("camera.driver", camera.driver());
      default -> provider("camera.driver", camera.driver()).openCamera(settings);
    };
  }

  /** Opens the lamps alone; none on a real wire stays on longer than the settings allow. */
  public static Lamps openLamps(BenchSettings settings) throws HardwareException {
    LampsSettings lamps = settings.lamps();
    return switch (lamps.driver()) {
      case "command" ->
          new LimitedLamps(new CommandLamps(lamps.command()), Duration.ofSeconds(lamps.maxOnS()));
      case "none" -> new NoLamps();
      case "gpio" -> throw notBuilt("lamps.driver", lamps.driver());
      default -> provider("lamps.driver", lamps.driver()).openLamps(settings);
    };
  }

  /** Opens the relay, which is no part of the bench that comes and goes with a capture. */
  public static Relay openRelay(RelaySettings relay) throws HardwareException {
    return switch (relay.driver()) {
      case "command" -> new CommandRelay(relay.command());
      case "none" -> new NoRelay();
      default -> throw notBuilt("relay.driver", relay.driver());
    };
  }

  public Camera camera() {
    return camera;
  }

  public Lamps lamps() {
    return lamps;
  }

  /**
   * Lamp on, settle, expose, lamp off: one frame. The lamp is put out on every way out.
   *
   * @param lamp a lamp's name or {@link Exposure#DARK}
   * @param pngOut where the frame goes
   */
  public void captureFrame(String lamp, Path pngOut)
      throws HardwareException, InterruptedException {
    CameraSettings c = settings.camera();
    try {
      if (lamp.equals(Exposure.DARK)) {
        lamps.allOff();
      } else {
        lamps.on(lamp);
      }
      Thread.sleep(settings.lamps().settleMs());
      camera.expose(new Exposure(lamp, c.exposureUs(), c.timeoutMs()), pngOut);
    } finally {
      lamps.allOff();
    }
  }

  @Override
  public void close() {
    try {
      lamps.close();
    } finally {
      camera.close();
    }
  }

  private static DriverProvider provider(String key, String driver) throws HardwareException {
    for (DriverProvider provider : ServiceLoader.load(DriverProvider.class)) {
      if (provider.driver().equals(driver)) {
        return provider;
      }
    }
    throw new HardwareException(
        key + " = \"" + driver + "\": no such driver in this installation; choose another driver");
  }

  private static HardwareException notBuilt(String key, String driver) {
    return new HardwareException(
        key + " = \"" + driver + "\" is not built in this version; use \"command\" meanwhile");
  }
}
