package dev.whorl.hardware.camera;

/** Loads the native library once, when the first camera needs it: loading takes about a second. */
final class OpenCv {
  static {
    nu.pattern.OpenCV.loadLocally();
  }

  private OpenCv() {}

  static void load() {
    // The static initialiser has done it.
  }
}
