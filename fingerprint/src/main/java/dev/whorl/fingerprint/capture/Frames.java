package dev.whorl.fingerprint.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * A capture's frames in memory: linear light, 16 bit, dark subtracted, all of one size. Owns its
 * native images; two bytes per pixel and lamp.
 */
public final class Frames implements AutoCloseable {
  /**
   * The dark frame is smoothed by this much before it is subtracted: its own noise would otherwise
   * be added to every lamp, alike, which photometric stereo reads as relief.
   */
  private static final double DARK_SIGMA_PX = 1.5;

  private final List<LinearFrame> lit;
  private final double[] meanLight;
  private final double darkLight;
  private final boolean ambientAssumed;

  private Frames(
      List<LinearFrame> lit, double[] meanLight, double darkLight, boolean ambientAssumed) {
    this.lit = lit;
    this.meanLight = meanLight;
    this.darkLight = darkLight;
    this.ambientAssumed = ambientAssumed;
  }

  /**
   * Fetches, decodes and linearises every frame.
   *
   * @throws UnfitCapture when a frame is missing, is no image, or differs in size
   */
  public static Frames load(CaptureMetadata metadata, FrameSource source) throws UnfitCapture {
    List<String> files = new ArrayList<>();
    metadata.lamps().forEach(lamp -> files.add(lamp.file()));
    metadata.dark().ifPresent(files::add);
    // Two at a time at the most where the caller runs on two cores: a decoded colour frame is big.
    List<Outcome> outcomes =
        IntStream.range(0, files.size())
            .parallel()
            .mapToObj(i -> decode(files.get(i), source, metadata.transfer()))
            .toList();
    boolean kept = false;
    try {
      List<LinearFrame> frames = new ArrayList<>();
      for (Outcome outcome : outcomes) {
        if (outcome.frame == null) {
          throw outcome.failure();
        }
        frames.add(outcome.frame);
      }
      checkSizes(files, frames);
      Frames loaded = subtractDark(frames, metadata.dark());
      kept = true;
      return loaded;
    } finally {
      if (!kept) {
        for (Outcome outcome : outcomes) {
          if (outcome.frame != null) {
            outcome.frame.close();
          }
        }
      }
    }
  }

  private record Outcome(@Nullable LinearFrame frame, @Nullable UnfitCapture unfit) {
    UnfitCapture failure() {
      return unfit == null
          ? new UnfitCapture("frame", "not decoded", "an image", "take the frame again")
          : unfit;
    }
  }

  private static Outcome decode(String file, FrameSource source, Transfer transfer) {
    try {
      byte[] encoded;
      try {
        encoded = source.read(file);
      } catch (IOException e) {
        throw new UnfitCapture(
            "frame " + file,
            "missing or unreadable",
            "every file that capture.json names",
            "copy the whole capture, or capture again");
      }
      return new Outcome(LinearFrame.decode(file, encoded, transfer), null);
    } catch (UnfitCapture e) {
      return new Outcome(null, e);
    }
  }

  private static void checkSizes(List<String> files, List<LinearFrame> frames) throws UnfitCapture {
    LinearFrame first = frames.get(0);
    for (int i = 1; i < frames.size(); i++) {
      LinearFrame frame = frames.get(i);
      if (frame.widthPx() != first.widthPx() || frame.heightPx() != first.heightPx()) {
        throw new UnfitCapture(
            "frame " + files.get(i),
            frame.widthPx() + "x" + frame.heightPx() + " pixels",
            first.widthPx() + "x" + first.heightPx() + " as " + files.get(0),
            "take every frame with one camera at one resolution");
      }
    }
  }

  private static Frames subtractDark(List<LinearFrame> frames, Optional<String> dark) {
    double[] meanLight = new double[frames.size() - (dark.isPresent() ? 1 : 0)];
    for (int i = 0; i < meanLight.length; i++) {
      meanLight[i] = frames.get(i).mean();
    }
    if (dark.isEmpty()) {
      return new Frames(frames, meanLight, 0, true);
    }
    LinearFrame darkFrame = frames.get(frames.size() - 1);
    List<LinearFrame> lit = frames.subList(0, frames.size() - 1);
    double darkLight = darkFrame.mean();
    try (Mats mats = new Mats()) {
      Mat smooth = mats.mat();
      Imgproc.GaussianBlur(darkFrame.light(), smooth, new Size(0, 0), DARK_SIGMA_PX);
      Mat full = mats.mat();
      for (LinearFrame frame : lit) {
        Core.compare(frame.light(), new Scalar(65535), full, Core.CMP_EQ);
        Core.subtract(frame.light(), smooth, frame.light());
        frame.light().setTo(new Scalar(65535), full);
      }
    } finally {
      darkFrame.close();
    }
    return new Frames(List.copyOf(lit), meanLight, darkLight, false);
  }

  /** How many lamps. */
  public int size() {
    return lit.size();
  }

  /** Light under one lamp less the dark frame, CV_16UC1; 65535 marks saturation. Owned here. */
  public Mat light(int lamp) {
    return lit.get(lamp).light();
  }

  public int widthPx() {
    return lit.get(0).widthPx();
  }

  public int heightPx() {
    return lit.get(0).heightPx();
  }

  /** Fraction of one lamp's pixels at full scale, 0..1. */
  public double saturated(int lamp) {
    return lit.get(lamp).saturated();
  }

  /** Mean light of one lamp's frame with ambient, 0..1. */
  public double meanLight(int lamp) {
    return meanLight[lamp];
  }

  /** Mean light of the dark frame, 0..1; 0 where there is none. */
  public double darkLight() {
    return darkLight;
  }

  /** Whether there was no dark frame, so that ambient light is taken for nil. */
  public boolean ambientAssumed() {
    return ambientAssumed;
  }

  @Override
  public void close() {
    lit.forEach(LinearFrame::close);
  }
}
