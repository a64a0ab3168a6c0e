package dev.whorl.fingerprint;

/**
 * The shape of the bed as its probe found it, without the tilt that levelling takes out.
 *
 * @param columns points along X
 * @param rows points along Y
 * @param heightsUm heights above the fitted plane, row by row from the lowest Y, each from the
 *     lowest X
 * @param heightSeUm standard error of one of them
 * @param tiltXUm rise of the plane from the first column to the last
 * @param tiltYUm rise of the plane from the first row to the last
 */
public record MeshComponent(
    int columns, int rows, double[] heightsUm, double heightSeUm, double tiltXUm, double tiltYUm) {
  /** The least points along a side that show a bow. */
  public static final int LEAST = 3;

  /** The most that are kept: a finer mesh is read at so many places. */
  public static final int MOST = 9;
}
