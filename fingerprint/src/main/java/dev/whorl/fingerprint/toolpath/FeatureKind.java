package dev.whorl.fingerprint.toolpath;

/** What a run of moves is for. */
public enum FeatureKind {
  PRIME,
  PERIMETER,
  BASE,
  MARKER,
  RASTER,
  BEAD,
  TILTED,
  CORNER,
  PATCH,
  STROKE
}
