package dev.whorl.fingerprint.surface;

import dev.whorl.fingerprint.capture.Mats;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;
import org.opencv.objdetect.ArucoDetector;
import org.opencv.objdetect.DetectorParameters;
import org.opencv.objdetect.Dictionary;
import org.opencv.objdetect.Objdetect;

/** Reads ArUco markers off a height map: raised is black. */
final class MarkerFinder {
  private final Dictionary dictionary;
  private final DetectorParameters parameters;
  private final ArucoDetector detector;

  /**
   * @param markerPx side of a marker, roughly
   */
  MarkerFinder(double markerPx) {
    dictionary = Objdetect.getPredefinedDictionary(Objdetect.DICT_5X5_1000);
    parameters = new DetectorParameters();
    // Windows from a cell to a marker: a relief has no evenly lit ground.
    int window = Math.max(5, (int) Math.round(markerPx / 7) | 1);
    parameters.set_adaptiveThreshWinSizeMin(window);
    parameters.set_adaptiveThreshWinSizeMax((int) Math.round(markerPx * 1.2) | 1);
    parameters.set_adaptiveThreshWinSizeStep(Math.max(4, (int) Math.round(markerPx * 0.27)));
    parameters.set_adaptiveThreshConstant(0);
    parameters.set_polygonalApproxAccuracyRate(0.06);
    parameters.set_perspectiveRemovePixelPerCell(8);
    parameters.set_perspectiveRemoveIgnoredMarginPerCell(0.25);
    parameters.set_maxErroneousBitsInBorderRate(0.25);
    parameters.set_errorCorrectionRate(0.6);
    parameters.set_cornerRefinementMethod(Objdetect.CORNER_REFINE_NONE);
    detector = new ArucoDetector(dictionary, parameters);
  }

  /** One sighting: id and the corners (upper left, upper right, lower right, lower left). */
  record Sighting(int id, double[] corners) {}

  /**
   * @param heightMap raised is larger
   * @param sigmaPx smoothing before thresholding
   * @param clip how many robust standard deviations span black to white
   */
  List<Sighting> find(float[] heightMap, int width, int height, double sigmaPx, double clip) {
    float[] z = sigmaPx > 0 ? Blur.gaussian(heightMap, width, height, sigmaPx) : heightMap;
    double sum = 0;
    for (float v : z) {
      sum += Math.abs(v);
    }
    double scale = 127 / Math.max(1e-12, clip * sum / z.length);
    List<Sighting> found = new ArrayList<>();
    try (Mats mats = new Mats()) {
      Mat m = mats.keep(new Mat(height, width, CvType.CV_32F));
      m.put(0, 0, z);
      Mat gray = mats.mat();
      m.convertTo(gray, CvType.CV_8U, -scale, 128);
      // Twice the size: the contour's polygon is found on whole pixels.
      Imgproc.resize(gray, gray, new Size(2.0 * width, 2.0 * height), 0, 0, Imgproc.INTER_CUBIC);
      List<Mat> corners = new ArrayList<>();
      Mat ids = mats.mat();
      detector.detectMarkers(gray, corners, ids);
      corners.forEach(mats::keep);
      for (int i = 0; i < corners.size(); i++) {
        float[] c = new float[8];
        corners.get(i).get(0, 0, c);
        double[] points = new double[8];
        for (int j = 0; j < 8; j++) {
          points[j] = (c[j] + 0.5) / 2 - 0.5;
        }
        found.add(new Sighting((int) ids.get(i, 0)[0], points));
      }
    }
    return found;
  }
}
