package dev.whorl.fingerprint.toolpath;

import dev.whorl.fingerprint.Kinematics;
import java.util.List;

/**
 * A coupon's program as far as its surface is concerned. Places are in coupon mm, origin in the
 * lower left corner; the machine's coordinates are these plus the slot.
 *
 * @param coupon {@code standard-1:} and the digest of the program
 * @param printer whose program it is
 * @param slotXMm machine X of the coupon's corner
 * @param slotYMm machine Y of the coupon's corner
 * @param widthMm size along X
 * @param heightMm size along Y
 * @param pitchMm distance of neighbouring lines
 * @param layerMm height of a layer
 * @param nozzleMm nominal bore
 * @param kinematics how the motors move the nozzle
 * @param pulleyXMm belt travel per motor turn, first axis
 * @param pulleyYMm belt travel per motor turn, second axis
 * @param markers what the relief markers say
 * @param features in the order they are printed
 */
public record Toolpath(
    String coupon,
    String printer,
    double slotXMm,
    double slotYMm,
    double widthMm,
    double heightMm,
    double pitchMm,
    double layerMm,
    double nozzleMm,
    Kinematics kinematics,
    double pulleyXMm,
    double pulleyYMm,
    Markers markers,
    List<Feature> features) {

  /**
   * What the relief markers say.
   *
   * @param dictionary {@code 5X5_1000}
   * @param version version of the coupon
   * @param shortId the printer's short id
   */
  public record Markers(String dictionary, int version, int shortId) {}

  public Toolpath {
    features = List.copyOf(features);
  }

  /**
   * Reads an annotated program.
   *
   * @throws ToolpathFormatException in one line, where it is not one
   */
  public static Toolpath parse(String annotatedGcode) throws ToolpathFormatException {
    return new ToolpathParser().parse(annotatedGcode);
  }

  /** The same coupon in another place of the bed. */
  public Toolpath at(double newSlotXMm, double newSlotYMm) {
    return new Toolpath(
        coupon,
        printer,
        newSlotXMm,
        newSlotYMm,
        widthMm,
        heightMm,
        pitchMm,
        layerMm,
        nozzleMm,
        kinematics,
        pulleyXMm,
        pulleyYMm,
        markers,
        features);
  }

  /** The features of one kind, in the order they are printed. */
  public List<Feature> of(FeatureKind kind) {
    return features.stream().filter(f -> f.kind() == kind).toList();
  }
}
