package dev.whorl.agent.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code [printer]}. Lengths in mm, machine coordinates; temperatures in C.
 *
 * @param id {@code [a-z0-9][a-z0-9-]{0,31}}
 * @param port device path, {@code tcp://host:port} or {@code sim:link}
 * @param baud 0 where the baud rate is to be found out
 * @param passthrough the link under which a host finds the printer, null for none
 * @param kinematics cartesian or corexy
 * @param bedMm width and depth
 * @param travelMm how far X, Y and Z go
 * @param keepoutMm rectangles x0, y0, x1, y1: clips and screws
 * @param homeXyMm where Z is probed
 * @param nozzleMm bore
 * @param filament recorded and compared, never used
 * @param pulleyMm belt travel per motor turn, X and Y
 * @param nozzleC printing temperature
 * @param bedC printing temperature, 0 for an unheated bed
 * @param startGcode lines before the coupon
 * @param endGcode lines after it
 */
public record PrinterConfig(
    String id,
    String port,
    int baud,
    @Nullable Path passthrough,
    String kinematics,
    List<Double> bedMm,
    List<Double> travelMm,
    List<List<Double>> keepoutMm,
    List<Double> homeXyMm,
    double nozzleMm,
    String filament,
    List<Double> pulleyMm,
    double nozzleC,
    double bedC,
    String startGcode,
    String endGcode) {
  public PrinterConfig {
    bedMm = List.copyOf(bedMm);
    travelMm = List.copyOf(travelMm);
    keepoutMm = List.copyOf(keepoutMm);
    homeXyMm = List.copyOf(homeXyMm);
    pulleyMm = List.copyOf(pulleyMm);
  }
}
