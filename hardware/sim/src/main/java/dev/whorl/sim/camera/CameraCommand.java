package dev.whorl.sim.camera;

import dev.whorl.common.cli.UserError;
import dev.whorl.sim.bed.BedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code whorl sim camera}: one photograph of what a simulated printer printed. */
@Command(
    name = "camera",
    mixinStandardHelpOptions = true,
    description = {
      "Photographs what a simulated printer printed, under one lamp.",
      "Serves as a camera of the driver \"command\":",
      "command = [\"whorl\", \"sim\", \"camera\", \"--printer\", \"/tmp/p\", \"--lamp\", \"{lamp}\","
          + " \"--out\", \"{out}\", \"--exposure-us\", \"{exposure_us}\"]"
    })
public final class CameraCommand implements Callable<Integer> {

  /** The coupon is 34 mm wide: from a slot's corner to what the camera looks at. */
  private static final double HALF_COUPON_MM = 17;

  @Option(
      names = "--printer",
      required = true,
      paramLabel = "LINK",
      description = "Link of the simulated printer's pseudo-terminal.")
  private Path printer;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Picture to write, PNG.")
  private Path out;

  @Option(
      names = "--lamp",
      required = true,
      paramLabel = "NAME",
      description = {
        "Lamp that is on, or \"dark\". Of 3: e nw sw; 4: e n w s; 6: e ne nw w sw se;",
        "8: e ne n nw w sw s se; evenly from machine +X counter-clockwise.",
        "Any name will do with --azimuth."
      })
  private String lamp;

  @Option(
      names = "--lamps",
      defaultValue = "6",
      paramLabel = "N",
      description = "Number of lamps in the ring: 3, 4, 6 or 8 (default ${DEFAULT-VALUE}).")
  private int lamps;

  @Option(
      names = "--azimuth",
      paramLabel = "DEG",
      description = "Where the lamp's light comes from, counter-clockwise from machine +X.")
  private @Nullable Double azimuthDeg;

  @Option(
      names = "--elevation",
      defaultValue = "25",
      paramLabel = "DEG",
      description = "How high the lamp stands (default ${DEFAULT-VALUE}).")
  private double elevationDeg;

  @Option(
      names = "--distance",
      defaultValue = "120",
      paramLabel = "MM",
      description = "How far the lamp stands from the coupon's middle (default ${DEFAULT-VALUE}).")
  private double distanceMm;

  @Option(
      names = "--exposure-us",
      defaultValue = "8000",
      paramLabel = "N",
      description = "Exposure in microseconds (default ${DEFAULT-VALUE}).")
  private int exposureUs;

  @Option(
      names = "--px-per-mm",
      defaultValue = "60",
      paramLabel = "N",
      description = "Scale of the picture, 5 to 120 (default ${DEFAULT-VALUE}).")
  private double pxPerMm;

  @Option(
      names = "--bits",
      defaultValue = "8",
      paramLabel = "N",
      description = "Bits per sample, 8 or 16 (default ${DEFAULT-VALUE}), sRGB either way.")
  private int bits;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "Which camera: its stand, lens and sensor (default ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--slot",
      split = ",",
      paramLabel = "X,Y",
      description = "Corner of the coupon to look at; default: what was printed last.")
  private double @Nullable [] slotMm;

  @Override
  public Integer call() {
    if (exposureUs <= 0) {
      throw UserError.usage("--exposure-us " + exposureUs + " must be above 0");
    }
    if (slotMm != null && slotMm.length != 2) {
      throw UserError.usage("--slot needs two numbers, as in --slot 80,40");
    }
    SimLamp lit;
    SimOptics optics;
    try {
      lit = lamp.equals("dark") ? null : lamp();
      optics = SimOptics.of(seed, pxPerMm).withSamples(bits, true);
    } catch (IllegalArgumentException e) {
      throw UserError.usage(String.valueOf(e.getMessage()));
    }
    Path bedFile = BedFile.beside(printer);
    if (!Files.exists(bedFile)) {
      throw UserError.hardware(
          bedFile
              + " is not there; give --printer the link of a whorl sim printer, and print first");
    }
    try (Scene scene = lookAt(bedFile).scene(optics)) {
      scene.photograph(lit, exposureUs, 0, out);
    } catch (IOException e) {
      throw new UserError(3, String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private SimLamp lamp() {
    if (azimuthDeg != null) {
      return new SimLamp(lamp, azimuthDeg, elevationDeg, distanceMm);
    }
    LampRing ring = LampRing.of(lamps);
    SimLamp named =
        ring.named(lamp)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no lamp "
                            + lamp
                            + " in the ring of "
                            + lamps
                            + "; choose "
                            + ring.lamps().stream()
                                .map(SimLamp::name)
                                .collect(Collectors.joining(", "))
                            + " or dark, or give --azimuth"));
    return new SimLamp(lamp, named.azimuthDeg(), elevationDeg, distanceMm);
  }

  private LookAt lookAt(Path bedFile) throws IOException {
    return slotMm == null
        ? LookAt.last(bedFile)
        : LookAt.point(bedFile, slotMm[0] + HALF_COUPON_MM, slotMm[1] + HALF_COUPON_MM);
  }
}
