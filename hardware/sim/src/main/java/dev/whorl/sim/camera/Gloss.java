package dev.whorl.sim.camera;

import dev.whorl.sim.bed.Material;

/** What a skin mirrors: the GGX microfacet lobe of Walter et al. 2007. */
final class Gloss {

  private Gloss() {}

  /**
   * Pi times the reflectance, so that it adds to an albedo.
   *
   * @param nx unit normal, then unit vectors to the light and to the eye
   */
  static double lobe(
      Material skin,
      double nx,
      double ny,
      double nz,
      double lx,
      double ly,
      double lz,
      double vx,
      double vy,
      double vz) {
    double nl = nx * lx + ny * ly + nz * lz;
    double nv = nx * vx + ny * vy + nz * vz;
    if (nl <= 0 || nv <= 0) {
      return 0;
    }
    double hx = lx + vx;
    double hy = ly + vy;
    double hz = lz + vz;
    double perH = 1 / Math.sqrt(hx * hx + hy * hy + hz * hz);
    double nh = (nx * hx + ny * hy + nz * hz) * perH;
    double vh = (vx * hx + vy * hy + vz * hz) * perH;
    double a = skin.glossRoughness() * skin.glossRoughness();
    double a2 = a * a;
    double d = nh * nh * (a2 - 1) + 1;
    double m = 1 - vh;
    double fresnel = skin.gloss() + (1 - skin.gloss()) * m * m * m * m * m;
    double maskL = nl + Math.sqrt(a2 + (1 - a2) * nl * nl);
    double maskV = nv + Math.sqrt(a2 + (1 - a2) * nv * nv);
    // a2 / d2 / pi * fresnel * G / (4 nl nv), G = 4 nl nv / (maskL maskV), times pi.
    return a2 * fresnel / (d * d * maskL * maskV);
  }
}
