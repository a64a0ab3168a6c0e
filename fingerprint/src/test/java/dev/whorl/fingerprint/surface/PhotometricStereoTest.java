package dev.whorl.fingerprint.surface;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.fingerprint.capture.CaptureMetadata;
import dev.whorl.fingerprint.capture.Frames;
import dev.whorl.fingerprint.capture.Lamp;
import dev.whorl.fingerprint.capture.Mats;
import dev.whorl.fingerprint.capture.Transfer;
import dev.whorl.fingerprint.capture.UnfitCapture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/** A plate of gentle waves under near lamps of unlike power: its slopes are known exactly. */
class PhotometricStereoTest {
  private static final double PX_PER_MM = 10;
  private static final double SIZE_MM = 34;
  private static final int SIDE = 341;
  private static final double[] POWER = {1, 0.7, 1.2, 0.9, 1.1, 0.8};

  private static double slopeX(double xMm) {
    return 0.2 * Math.sin(2 * Math.PI * xMm / 2.3);
  }

  private static double slopeY(double yMm) {
    return 0.15 * Math.cos(2 * Math.PI * yMm / 1.7);
  }

  private static byte[] frame(Lamp lamp, double distanceMm, double power, boolean gloss) {
    short[] pixels = new short[SIDE * SIDE];
    double[] d = lamp.direction();
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double x = column / PX_PER_MM;
        double y = SIZE_MM - row / PX_PER_MM;
        double lx = d[0] * distanceMm - (x - SIZE_MM / 2);
        double ly = d[1] * distanceMm - (y - SIZE_MM / 2);
        double lz = d[2] * distanceMm;
        double r = Math.sqrt(lx * lx + ly * ly + lz * lz);
        double sx = slopeX(x);
        double sy = slopeY(y);
        double cos = (-sx * lx - sy * ly + lz) / (r * Math.sqrt(1 + sx * sx + sy * sy));
        double albedo = 0.5 + 0.2 * Math.sin(x * 0.9) * Math.cos(y * 0.7);
        double vignetting = 1 - 0.2 * Math.hypot(x - 17, y - 17) / 24;
        double v = power * albedo * vignetting * Math.max(0, cos) * Math.pow(distanceMm / r, 2);
        if (gloss && sx * d[0] + sy * d[1] < -0.12) {
          v += 0.3;
        }
        pixels[row * SIDE + column] = (short) Math.round(65000 * Math.min(1, 0.6 * v));
      }
    }
    try (Mats mats = new Mats()) {
      Mat m = mats.keep(new Mat(SIDE, SIDE, CvType.CV_16UC1));
      m.put(0, 0, pixels);
      MatOfByte bytes = mats.keep(new MatOfByte());
      Imgcodecs.imencode(".png", m, bytes);
      return bytes.toArray();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // lamps, distance known, gloss, RMS slope error allowed
    "6, true, false, 0.01",
    "6, false, false, 0.015",
    "3, true, false, 0.015",
    "4, false, false, 0.015",
    "6, true, true, 0.03",
  })
  void shouldRecoverTheSlopesOfAWavyPlate(
      int lampCount, boolean distanceKnown, boolean gloss, double allowed) throws UnfitCapture {
    double distanceMm = 120;
    List<Lamp> lamps = new ArrayList<>();
    Map<String, byte[]> files = new HashMap<>();
    for (int k = 0; k < lampCount; k++) {
      OptionalDouble distance =
          distanceKnown ? OptionalDouble.of(distanceMm) : OptionalDouble.empty();
      Lamp lamp = new Lamp("l" + k, k + ".png", 360.0 * k / lampCount + 10, 35, distance);
      lamps.add(lamp);
      files.put(lamp.file(), frame(lamp, distanceMm, POWER[k], gloss && k == 1));
    }
    CaptureMetadata metadata =
        new CaptureMetadata(
            "p",
            "standard-1:0",
            0,
            0,
            Instant.EPOCH,
            "cartesian",
            40,
            40,
            0.4,
            Optional.empty(),
            PX_PER_MM,
            false,
            Transfer.LINEAR,
            Optional.empty(),
            lamps);
    try (Frames frames =
        Frames.load(
            metadata,
            file -> {
              byte[] bytes = files.get(file);
              return bytes == null ? new byte[0] : bytes;
            })) {
      Homography toPhoto = Homography.affine(PX_PER_MM, 0, 0, 0, -PX_PER_MM, SIZE_MM * PX_PER_MM);
      CoarseShading shading = CoarseShading.of(frames, metadata);
      LampModel model =
          SurfaceReader.levelled(
              shading, shading.fromPhotograph().after(toPhoto), metadata, SIZE_MM, SIZE_MM);
      SurfaceMaps maps =
          new PhotometricStereo(frames, model, toPhoto, PX_PER_MM, 0, SIDE, SIDE).solve();

      double sum = 0;
      int n = 0;
      for (int row = 20; row < SIDE - 20; row++) {
        for (int column = 20; column < SIDE - 20; column++) {
          int i = row * SIDE + column;
          double ex = maps.slopeX()[i] - slopeX(maps.xMmOf(column));
          double ey = maps.slopeY()[i] - slopeY(maps.yMmOf(row));
          sum += ex * ex + ey * ey;
          n += 2;
        }
      }
      assertThat(Math.sqrt(sum / n)).isLessThan(allowed);
      for (int k = 0; k < lampCount; k++) {
        assertThat(model.distanceMm(k)).isBetween(90.0, 160.0);
      }
    }
  }
}
