package dev.whorl.sim.bed;

import java.util.List;
import java.util.Optional;

/**
 * Everything on the bed, and where the nozzle stands.
 *
 * @param objects in the order they were begun; the last one is what was printed last
 * @param nozzleXMm machine x of the nozzle
 * @param nozzleYMm machine y
 * @param nozzleZMm machine z
 */
public record BedContents(
    List<PrintedObject> objects, double nozzleXMm, double nozzleYMm, double nozzleZMm) {

  /** Keeps its own list. */
  public BedContents {
    objects = List.copyOf(objects);
  }

  /** What was printed last, if anything was. */
  public Optional<PrintedObject> last() {
    return objects.isEmpty() ? Optional.empty() : Optional.of(objects.get(objects.size() - 1));
  }

  /** The object whose box is nearest to a point; of equals the one printed last. */
  public Optional<PrintedObject> nearest(double xMm, double yMm) {
    PrintedObject best = null;
    double bestMm = Double.POSITIVE_INFINITY;
    for (PrintedObject object : objects) {
      double distanceMm = object.bounds().distanceMm(xMm, yMm);
      if (distanceMm <= bestMm) {
        bestMm = distanceMm;
        best = object;
      }
    }
    return Optional.ofNullable(best);
  }
}
