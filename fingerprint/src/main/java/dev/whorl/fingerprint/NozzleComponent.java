package dev.whorl.fingerprint;

import java.util.List;

/**
 * What the flat of the nozzle ploughs into the surface. The nozzle does not turn, so every heading
 * shows another section of its rim.
 *
 * @param stepUm spacing of the profiles' samples
 * @param strokes the single strokes of the compass, by heading
 * @param rasters the mean bead of the rasters, by heading (0, 90, 180, 270); another look at four
 *     of the headings, through a neighbour's overlap
 */
public record NozzleComponent(double stepUm, List<Plough> strokes, List<Plough> rasters) {
  public NozzleComponent {
    strokes = List.copyOf(strokes);
    rasters = List.copyOf(rasters);
  }
}
