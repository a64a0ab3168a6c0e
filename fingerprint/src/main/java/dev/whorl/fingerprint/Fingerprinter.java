package dev.whorl.fingerprint;

import dev.whorl.fingerprint.capture.CaptureMetadata;
import dev.whorl.fingerprint.capture.FrameSource;
import dev.whorl.fingerprint.capture.UnfitCapture;
import dev.whorl.fingerprint.component.AxisErrors;
import dev.whorl.fingerprint.component.AxisFit;
import dev.whorl.fingerprint.component.FittedAxes;
import dev.whorl.fingerprint.component.FlowFit;
import dev.whorl.fingerprint.component.GeometryFit;
import dev.whorl.fingerprint.component.PloughReader;
import dev.whorl.fingerprint.component.RingingFit;
import dev.whorl.fingerprint.surface.Surface;
import dev.whorl.fingerprint.surface.SurfaceReader;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.trace.Trace;
import dev.whorl.fingerprint.trace.Tracer;
import dev.whorl.fingerprint.trace.Tracing;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** From a capture and its program to a fingerprint. The same input gives the same fingerprint. */
public final class Fingerprinter {
  /** Written into every fingerprint; changes whenever a component is measured in another way. */
  public static final String ALGORITHM = "whorl-2";

  private Fingerprinter() {}

  /**
   * Measures the coupon in a capture.
   *
   * @param metadata what the capture says of itself
   * @param source its frames
   * @param program the program the coupon was printed with
   * @throws UnfitCapture in one line, where the capture cannot serve or is not of this program
   */
  public static Fingerprinting fingerprint(
      CaptureMetadata metadata, FrameSource source, Toolpath program) throws UnfitCapture {
    refuseOtherProgram(metadata, program);
    // The digest leaves the slot out; where the coupon lay is the capture's to say.
    Toolpath toolpath = program.at(metadata.slotXMm(), metadata.slotYMm());
    return measure(metadata, SurfaceReader.read(metadata, source, toolpath), toolpath);
  }

  /** Measures a surface that was read before. */
  static Fingerprinting measure(CaptureMetadata metadata, Surface surface, Toolpath toolpath)
      throws UnfitCapture {
    Tracing tracing = Tracer.trace(surface.maps(), toolpath);
    List<Trace> traces = tracing.traces();
    FittedAxes fitted = AxisFit.fit(toolpath, traces);
    AxisErrors errors = new AxisErrors(fitted.axes(), toolpath);
    Fingerprint fingerprint =
        new Fingerprint(
            ALGORITHM,
            metadata.printer(),
            metadata.coupon(),
            metadata.time(),
            metadata.slotXMm(),
            metadata.slotYMm(),
            toolpath.kinematics(),
            toolpath.pulleyXMm(),
            toolpath.pulleyYMm(),
            toolpath.nozzleMm(),
            surface.claim(),
            quality(surface, tracing),
            PloughReader.read(surface.maps(), toolpath, tracing.place(), errors),
            fitted.axes(),
            RingingFit.fit(toolpath, traces, errors),
            FlowFit.fit(traces, errors),
            GeometryFit.fit(fitted.affine(), surface.registration().affine()),
            null,
            null);
    return new Fingerprinting(fingerprint, surface, tracing);
  }

  private static void refuseOtherProgram(CaptureMetadata metadata, Toolpath program)
      throws UnfitCapture {
    same("program", program.coupon(), metadata.coupon());
    same("kinematics of the program", program.kinematics().key(), metadata.kinematics());
    same(
        "pulleys of the program",
        program.pulleyXMm() + " and " + program.pulleyYMm() + " mm",
        metadata.pulleyXMm() + " and " + metadata.pulleyYMm() + " mm");
  }

  private static void same(String what, String program, String capture) throws UnfitCapture {
    if (!program.equals(capture)) {
      throw new UnfitCapture(
          what, program, "what the capture names, " + capture, "give the program it was made with");
    }
  }

  private static Quality quality(Surface surface, Tracing tracing) {
    return new Quality(
        surface.registration().pxPerMm(),
        surface.quality().lamps(),
        surface.quality().ambientAssumed(),
        surface.quality().markers(),
        surface.quality().markerResidualUm(),
        tracing.registrationUm(),
        Math.min(1, tracing.tracedPart()),
        median(tracing, Trace::lateralSeUm),
        median(tracing, Trace::wideningSe));
  }

  private static double median(Tracing tracing, Function<Trace, double[]> values) {
    double[] all =
        tracing.traces().stream().flatMapToDouble(t -> Arrays.stream(values.apply(t))).toArray();
    Arrays.sort(all);
    return all.length == 0 ? 0 : all[all.length / 2];
  }
}
