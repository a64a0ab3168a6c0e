package dev.whorl.sim.camera;

import dev.whorl.sim.bed.BedContents;
import dev.whorl.sim.bed.BedFile;
import dev.whorl.sim.bed.Bounds;
import dev.whorl.sim.bed.PrintedObject;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What is photographed, and the point above which the camera stands.
 *
 * @param object what lies nearest to that point
 * @param xMm machine x
 * @param yMm machine y
 */
record LookAt(PrintedObject object, double xMm, double yMm) {

  /** The middle of what was printed last. */
  static LookAt last(Path bedFile) throws IOException {
    PrintedObject object = BedFile.read(bedFile).last().orElseThrow(() -> nothingPrinted(bedFile));
    Bounds box = object.bounds();
    return new LookAt(
        object, 0.5 * (box.minXMm() + box.maxXMm()), 0.5 * (box.minYMm() + box.maxYMm()));
  }

  /** A point of the bed. */
  static LookAt point(Path bedFile, double xMm, double yMm) throws IOException {
    BedContents bed = BedFile.read(bedFile);
    PrintedObject object = bed.nearest(xMm, yMm).orElseThrow(() -> nothingPrinted(bedFile));
    return new LookAt(object, xMm, yMm);
  }

  Scene scene(SimOptics optics) {
    return new Scene(object, optics, xMm, yMm);
  }

  private static IOException nothingPrinted(Path bedFile) {
    return new IOException(bedFile + " has nothing on it; print first");
  }
}
