package dev.whorl.gcode;

import java.util.ArrayList;
import java.util.List;

/** Layer 3 of a program, drawn on a grid from its lines alone. */
final class FeatureRaster {
  static final double CELL_MM = 0.05;

  /** The features in the order of the program. */
  final List<String> features = new ArrayList<>();

  /** Index + 1 of the feature that covers a cell, by row from the lowest y; 0 for none. */
  final int[][] owner;

  /** Pairs of features that cover the same cell. */
  final List<String> clashes = new ArrayList<>();

  private final double halfWidthMm;
  private final double slotXMm;
  private final double slotYMm;

  FeatureRaster(Program program, CouponProfile profile) {
    int side = (int) Math.round(36 / CELL_MM);
    owner = new int[side][side];
    slotXMm = program.slotXMm();
    slotYMm = program.slotYMm();
    CouponLayout layout = new CouponLayout(profile.nozzleMm());
    halfWidthMm = layout.pitchMm / 2;
    for (ToolMove move : ProgramReader.moves(program.lines(), profile.homeXyMm())) {
      boolean top = Math.abs(move.to().z() - 3 * layout.heightMm) < 1e-6;
      if (move.isBead() && top) {
        draw(move);
      }
    }
  }

  private void draw(ToolMove move) {
    if (!features.contains(move.feature())) {
      features.add(move.feature());
    }
    int mine = features.indexOf(move.feature()) + 1;
    double x0 = move.from().x() - slotXMm;
    double y0 = move.from().y() - slotYMm;
    double x1 = move.to().x() - slotXMm;
    double y1 = move.to().y() - slotYMm;
    for (int row = cell(Math.min(y0, y1)); row <= cell(Math.max(y0, y1)) + 10; row++) {
      for (int column = cell(Math.min(x0, x1)); column <= cell(Math.max(x0, x1)) + 10; column++) {
        int r = row - 5;
        int c = column - 5;
        if (distanceMm((c + 0.5) * CELL_MM, (r + 0.5) * CELL_MM, x0, y0, x1, y1) < halfWidthMm) {
          if (owner[r][c] != 0 && owner[r][c] != mine) {
            clashes.add(features.get(owner[r][c] - 1) + " and " + move.feature());
          }
          owner[r][c] = mine;
        }
      }
    }
  }

  private static int cell(double mm) {
    return (int) Math.floor(mm / CELL_MM);
  }

  static double distanceMm(double x, double y, double x0, double y0, double x1, double y1) {
    double lengthSquared = (x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0);
    double t = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / lengthSquared;
    double near = Math.max(0, Math.min(1, t));
    return Math.hypot(x - x0 - near * (x1 - x0), y - y0 - near * (y1 - y0));
  }

  /** Whether plastic lies on layer 3 at a place in coupon coordinates. */
  boolean isRaised(double xMm, double yMm) {
    return owner[cell(yMm)][cell(xMm)] != 0;
  }
}
