package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.Fingerprinter;
import dev.whorl.fingerprint.Fingerprinting;
import dev.whorl.fingerprint.capture.CaptureMetadata;
import dev.whorl.fingerprint.capture.Lamp;
import dev.whorl.fingerprint.capture.Transfer;
import dev.whorl.fingerprint.capture.UnfitCapture;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.toolpath.ToolpathFormatException;
import dev.whorl.gcode.Coupon;
import dev.whorl.gcode.CouponProfile;
import dev.whorl.gcode.Kinematics;
import dev.whorl.gcode.Program;
import dev.whorl.sim.bed.PrintedObject;
import dev.whorl.sim.camera.LampRing;
import dev.whorl.sim.camera.Scene;
import dev.whorl.sim.camera.SimLamp;
import dev.whorl.sim.camera.SimOptics;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.printer.DirectPrinter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * A simulated printer with its camera and lamps: coupons are printed and photographed as the agent
 * would have it, and their frames read by the code that reads everybody's. Not thread-safe.
 */
public final class RenderedBench {
  /** What a person sets up on the first day. */
  static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private static final int EXPOSURE_US = 8_000;
  private static final int LAMPS = 6;
  private static final double PX_PER_MM = 60;
  private static final double HALF_COUPON_MM = 17;
  private static final double NOZZLE_MM = 0.4;

  /** Name of the frame without a lamp. */
  public static final String DARK = "dark";

  private final String id;
  private final DirectPrinter printer;
  private final SimOptics optics;
  private final Program program;
  private final Toolpath toolpath;
  private final String kinematics;
  private final boolean calibrated;

  /**
   * Sets one up.
   *
   * @param id names the printer
   * @param seed which machine of its model it is
   * @param cameraSeed which camera stands over it
   */
  public RenderedBench(String id, long seed, PrinterModel model, long cameraSeed) {
    this(id, new MachineLife(seed, model, model.kinematics(), NOZZLE_MM), cameraSeed);
  }

  /**
   * Sets one up that has lived.
   *
   * @param id names the printer
   * @param life the machine, as old and as serviced as it is
   * @param cameraSeed which camera stands over it
   */
  RenderedBench(String id, MachineLife life, long cameraSeed) {
    this(id, life, cameraSeed, false);
  }

  /**
   * Sets one up that has lived, its camera's scale measured or not.
   *
   * @param id names the printer
   * @param life the machine, as old and as serviced as it is
   * @param cameraSeed which camera stands over it
   * @param calibrated whether the capture states the camera's true scale, and says so
   */
  RenderedBench(String id, MachineLife life, long cameraSeed, boolean calibrated) {
    this.id = id;
    this.calibrated = calibrated;
    printer = new DirectPrinter(life);
    PrinterModel model = life.model();
    optics = SimOptics.of(cameraSeed, PX_PER_MM);
    kinematics = model.kinematics().name().toLowerCase(Locale.ROOT);
    List<Double> travel = List.of(model.travelXMm(), model.travelYMm(), model.travelZMm());
    CouponProfile profile =
        new CouponProfile(
            Coupon.STANDARD_1,
            id,
            Kinematics.valueOf(model.kinematics().name()),
            travel.subList(0, 2),
            travel,
            List.of(),
            List.of(10.0, 10.0),
            NOZZLE_MM,
            210,
            60,
            List.of(40.0, 40.0),
            "",
            "");
    program = Coupon.standard1(profile).program(80, 80);
    try {
      toolpath = Toolpath.parse(program.text());
    } catch (ToolpathFormatException e) {
      throw new IllegalStateException("our own program cannot be read", e);
    }
  }

  /** The printer, to let it age or have it serviced. */
  public DirectPrinter printer() {
    return printer;
  }

  /**
   * Prints a coupon and reads it.
   *
   * @throws UnfitCapture if its frames cannot serve
   */
  Fingerprinting coupon() throws UnfitCapture {
    return read(print(), optics, UnaryOperator.identity());
  }

  /** Prints a coupon. */
  public PrintedObject print() {
    return printer.print(program.text());
  }

  /** The camera that stands over it. */
  public SimOptics optics() {
    return optics;
  }

  /**
   * Photographs a coupon and reads it; the capture says the same whatever was done to camera and
   * frames.
   *
   * @param camera that looks at it
   * @param altered what befalls the frames, PNG files' bytes by lamp and {@value #DARK}
   * @throws UnfitCapture if the frames cannot serve
   */
  public Fingerprinting read(
      PrintedObject object, SimOptics camera, UnaryOperator<Map<String, byte[]>> altered)
      throws UnfitCapture {
    List<SimLamp> ring = LampRing.of(LAMPS).lamps();
    Map<String, byte[]> taken = new LinkedHashMap<>();
    double x = program.slotXMm() + HALF_COUPON_MM;
    double y = program.slotYMm() + HALF_COUPON_MM;
    try (Scene scene = new Scene(object, camera, x, y)) {
      taken.put(DARK, scene.photograph(null, EXPOSURE_US, 0));
      for (SimLamp lamp : ring) {
        taken.put(lamp.name(), scene.photograph(lamp, EXPOSURE_US, 0));
      }
    }
    Map<String, byte[]> frames = altered.apply(taken);
    return Fingerprinter.fingerprint(
        metadata(ring), file -> Objects.requireNonNull(frames.get(file), file), toolpath);
  }

  /** What the clock shows on a day of the machine's life, to the hour. */
  static Instant at(double day) {
    return START.plus(Duration.ofHours(Math.round(24 * day)));
  }

  private CaptureMetadata metadata(List<SimLamp> ring) {
    return new CaptureMetadata(
        id,
        program.couponId(),
        program.slotXMm(),
        program.slotYMm(),
        at(printer.life().day()),
        kinematics,
        40,
        40,
        NOZZLE_MM,
        Optional.empty(),
        calibrated ? optics.pxPerMm() : PX_PER_MM,
        calibrated,
        Transfer.SRGB,
        Optional.of(DARK),
        ring.stream()
            .map(
                lamp ->
                    new Lamp(
                        lamp.name(),
                        lamp.name(),
                        lamp.azimuthDeg(),
                        lamp.elevationDeg(),
                        OptionalDouble.of(lamp.distanceMm())))
            .toList());
  }
}
