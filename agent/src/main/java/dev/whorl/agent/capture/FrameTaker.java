package dev.whorl.agent.capture;

import dev.whorl.agent.config.AgentConfig;
import dev.whorl.common.files.AtomicFile;
import dev.whorl.gcode.CouponProfile;
import dev.whorl.gcode.Program;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.Exposure;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.LampSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Photographs one coupon under every lamp in turn and once in the dark, into a folder. */
public final class FrameTaker {
  /** Fewer lamps do not determine a slope and a brightness. */
  public static final int FEWEST_LAMPS = 3;

  private final AgentConfig config;
  private final InstantSource clock;

  public FrameTaker(AgentConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Told before every frame. */
  @FunctionalInterface
  public interface FrameProgress {
    /**
     * @param done frames taken so far
     * @param total frames to take
     * @param lamp what is exposed now
     */
    void frame(int done, int total, String lamp);
  }

  /**
   * Takes all frames, then writes {@code capture.json} and {@code program.gcode} beside them.
   *
   * @param folder must exist; a capture.json of an earlier attempt is deleted first
   * @param goOn asked before every frame; no ends the capture
   * @return false when {@code goOn} said no
   */
  public boolean take(
      Bench bench,
      Path folder,
      CouponProfile profile,
      Program program,
      FrameProgress progress,
      BooleanSupplier goOn)
      throws HardwareException, IOException, InterruptedException {
    Path capture = folder.resolve("capture.json");
    Files.deleteIfExists(capture);
    List<String> names = new ArrayList<>();
    config.lamps().lamps().stream().map(LampSettings::name).forEach(names::add);
    names.add(Exposure.DARK);
    for (int i = 0; i < names.size(); i++) {
      if (!goOn.getAsBoolean()) {
        return false;
      }
      String lamp = names.get(i);
      progress.frame(i, names.size(), lamp);
      bench.captureFrame(lamp, folder.resolve(CaptureFile.frameName(lamp)));
    }
    AtomicFile.write(folder.resolve("program.gcode"), program.text());
    double pxPerMm = FrameScale.guessPxPerMm(folder.resolve(CaptureFile.frameName(names.get(0))));
    CaptureFile.write(capture, config, profile, program, clock.instant(), pxPerMm);
    return true;
  }
}
