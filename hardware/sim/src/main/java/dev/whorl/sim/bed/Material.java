package dev.whorl.sim.bed;

/**
 * The filament as the camera sees it.
 *
 * @param name for people, for instance {@code PLA grey}
 * @param albedo share of light scattered back, 0 to 1
 * @param gloss share of light mirrored at normal incidence; plastics have about 0.04
 * @param glossRoughness GGX roughness of the skin, 0.1 (silk) to 0.6 (matt)
 * @param roughnessUm rms height of the skin's fine grain
 * @param grainUm correlation length of that grain
 */
public record Material(
    String name,
    double albedo,
    double gloss,
    double glossRoughness,
    double roughnessUm,
    double grainUm) {

  /** A grey PLA of ordinary sheen. */
  public static final Material GREY_PLA = new Material("PLA grey", 0.42, 0.04, 0.35, 0.5, 12);
}
