package dev.whorl.gcode;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that shapes a coupon's program. The same profile always gives the same bytes.
 *
 * <p>A profile may hold nonsense; {@link Coupon#standard1} says what is wrong with it.
 *
 * @param kind of coupon, {@code standard-1}
 * @param printerId names the printer; its hash is printed into the markers
 * @param kinematics of the printer
 * @param bedMm width and depth of the bed
 * @param travelMm how far x, y and z may go from the origin
 * @param keepoutMm rectangles {@code [x0, y0, x1, y1]} where the nozzle must not go: clips, screws
 * @param homeXyMm where the head is after homing, and where z is probed
 * @param nozzleMm diameter of the nozzle's bore
 * @param nozzleC temperature to print at
 * @param bedC temperature of the bed, 0 for a cold one
 * @param pulleyMm belt travel for one motor turn, for the motor of x and of y (a and b on a CoreXY)
 * @param startGcode lines to send after homing, before the nozzle is heated to print
 * @param endGcode lines to send after everything else
 */
public record CouponProfile(
    String kind,
    String printerId,
    Kinematics kinematics,
    List<Double> bedMm,
    List<Double> travelMm,
    List<List<Double>> keepoutMm,
    List<Double> homeXyMm,
    double nozzleMm,
    double nozzleC,
    double bedC,
    List<Double> pulleyMm,
    String startGcode,
    String endGcode) {

  /**
   * @throws IllegalArgumentException if anything is missing (as in a file written by others) or has
   *     the wrong number of values
   */
  public CouponProfile {
    given("kind", kind);
    given("printerId", printerId);
    given("kinematics", kinematics);
    bedMm = numbers("bedMm", bedMm, 2);
    travelMm = numbers("travelMm", travelMm, 3);
    given("keepoutMm", keepoutMm);
    List<List<Double>> rectangles = new ArrayList<>();
    for (List<Double> rectangle : keepoutMm) {
      rectangles.add(numbers("keepoutMm", rectangle, 4));
    }
    keepoutMm = List.copyOf(rectangles);
    homeXyMm = numbers("homeXyMm", homeXyMm, 2);
    pulleyMm = numbers("pulleyMm", pulleyMm, 2);
    given("startGcode", startGcode);
    given("endGcode", endGcode);
  }

  /** Width and depth within which the nozzle may print: on the bed and within travel. */
  double printableMm(int axis) {
    return Math.min(bedMm.get(axis), travelMm.get(axis));
  }

  @SuppressWarnings("NullAway") // what a JSON reader leaves out arrives as null
  private static void given(String name, Object value) {
    if (value == null) {
      throw new IllegalArgumentException("coupon profile: " + name + " is missing, add it");
    }
  }

  private static List<Double> numbers(String name, List<Double> values, int count) {
    given(name, values);
    if (values.size() != count) {
      throw new IllegalArgumentException(
          "coupon profile: " + name + " needs " + count + " numbers, not " + values.size());
    }
    for (Double value : values) {
      given(name, value);
    }
    return List.copyOf(values);
  }
}
