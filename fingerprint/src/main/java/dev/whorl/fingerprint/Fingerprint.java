package dev.whorl.fingerprint;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one coupon tells of the printer that made it: raw values with standard errors, so that a
 * later version can judge them again. A component that could not be measured is null or missing,
 * never zero.
 *
 * @param algorithm name and version of what measured it
 * @param printer the printer the capture is said to be of
 * @param coupon {@code standard-1:} and the digest of the program
 * @param time when the capture was taken
 * @param slotXMm machine X of the coupon's lower left corner
 * @param slotYMm machine Y of the coupon's lower left corner
 * @param kinematics how its motors move the nozzle
 * @param pulleyXMm belt travel per motor turn, first axis
 * @param pulleyYMm belt travel per motor turn, second axis
 * @param nozzleMm nominal bore
 * @param claim whose coupon the markers say this is
 * @param quality how well the capture served
 * @param nozzle plough marks
 * @param axes periodic errors, by driven axis
 * @param ringing swing after a corner
 * @param flow ripple of the extruder
 * @param geometry skew and scale; only where the camera is metric
 * @param vibration how the frame resonates; only where an accelerometer listened
 * @param mesh the bed's shape; only where it was probed
 */
public record Fingerprint(
    String algorithm,
    String printer,
    String coupon,
    Instant time,
    double slotXMm,
    double slotYMm,
    Kinematics kinematics,
    double pulleyXMm,
    double pulleyYMm,
    double nozzleMm,
    Claim claim,
    Quality quality,
    @Nullable NozzleComponent nozzle,
    Map<Axis, AxisComponent> axes,
    @Nullable RingingComponent ringing,
    @Nullable FlowComponent flow,
    @Nullable GeometryComponent geometry,
    @Nullable VibrationComponent vibration,
    @Nullable MeshComponent mesh) {
  public Fingerprint {
    axes = java.util.Collections.unmodifiableMap(new TreeMap<>(axes));
  }

  /** The same with what other senses than the camera found. */
  public Fingerprint with(
      @Nullable VibrationComponent otherVibration, @Nullable MeshComponent otherMesh) {
    return with(nozzle, axes, ringing, flow, geometry, otherVibration, otherMesh);
  }

  /** The same coupon with other components. */
  public Fingerprint with(
      @Nullable NozzleComponent otherNozzle,
      Map<Axis, AxisComponent> otherAxes,
      @Nullable RingingComponent otherRinging,
      @Nullable FlowComponent otherFlow,
      @Nullable GeometryComponent otherGeometry,
      @Nullable VibrationComponent otherVibration,
      @Nullable MeshComponent otherMesh) {
    return new Fingerprint(
        algorithm,
        printer,
        coupon,
        time,
        slotXMm,
        slotYMm,
        kinematics,
        pulleyXMm,
        pulleyYMm,
        nozzleMm,
        claim,
        quality,
        otherNozzle,
        otherAxes,
        otherRinging,
        otherFlow,
        otherGeometry,
        otherVibration,
        otherMesh);
  }
}
