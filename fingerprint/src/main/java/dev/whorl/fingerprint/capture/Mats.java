package dev.whorl.fingerprint.capture;

import java.util.ArrayDeque;
import java.util.Deque;
import nu.pattern.OpenCV;
import org.opencv.core.Mat;

/**
 * Owns native images: everything kept in a scope is released, latest first, when it closes. A scope
 * belongs to one thread. Opening the first one loads OpenCV.
 */
public final class Mats implements AutoCloseable {
  static {
    OpenCV.loadLocally();
  }

  private final Deque<Mat> owned = new ArrayDeque<>();

  /** A new empty image owned by this scope. */
  public Mat mat() {
    return keep(new Mat());
  }

  /** Takes ownership. */
  public <M extends Mat> M keep(M mat) {
    owned.push(mat);
    return mat;
  }

  /** Releases one image before the scope ends. */
  public void release(Mat mat) {
    if (owned.removeFirstOccurrence(mat)) {
      mat.release();
    }
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().release();
    }
  }
}
