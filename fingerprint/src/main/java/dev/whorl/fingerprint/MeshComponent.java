package dev.whorl.fingerprint;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bed's shape, as its mesh tells it. Its tilt is left out: levelling changes that.
 *
 * @param shapeUm heights over the best plane, {@link #SIDE} rows of {@link #SIDE} columns evenly
 *     over the bed, front row first
 */
public record MeshComponent(double[] shapeUm) {
  /** Meshes of all sizes are read at so many places each way. */
  public static final int SIDE = 5;

  public MeshComponent {
    if (shapeUm.length != SIDE * SIDE) {
      throw new IllegalArgumentException("a mesh has " + SIDE * SIDE + " heights");
    }
    shapeUm = shapeUm.clone();
  }

  @Override
  public double[] shapeUm() {
    return shapeUm.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MeshComponent that && Arrays.equals(shapeUm, that.shapeUm);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shapeUm);
  }

  @Override
  public String toString() {
    return "mesh " + Arrays.toString(shapeUm) + " um";
  }
}
