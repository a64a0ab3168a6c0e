package dev.whorl.fingerprint.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.FileNotFoundException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;

class FramesTest {
  private static byte[] image(String ending, int type, int side, Scalar colour) {
    try (Mats mats = new Mats()) {
      Mat image = mats.keep(new Mat(side, side, type, colour));
      MatOfByte bytes = mats.keep(new MatOfByte());
      Imgcodecs.imencode(ending, image, bytes);
      return bytes.toArray();
    }
  }

  private static byte[] grey(int value) {
    return image(".png", CvType.CV_8UC1, 240, new Scalar(value));
  }

  private static CaptureMetadata metadata(Optional<String> dark) {
    List<Lamp> lamps =
        List.of(
            new Lamp("a", "a.png", 0, 25, OptionalDouble.empty()),
            new Lamp("b", "b.png", 120, 25, OptionalDouble.empty()),
            new Lamp("c", "c.png", 240, 25, OptionalDouble.empty()));
    return new CaptureMetadata(
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
        20,
        false,
        Transfer.LINEAR,
        dark,
        lamps);
  }

  private static FrameSource source(Map<String, byte[]> files) {
    return file -> {
      byte[] bytes = files.get(file);
      if (bytes == null) {
        throw new FileNotFoundException(file);
      }
      return bytes;
    };
  }

  private static UnfitCapture refusal(Map<String, byte[]> files) {
    UnfitCapture refused =
        catchThrowableOfType(
            UnfitCapture.class,
            () -> Frames.load(metadata(Optional.of("dark.png")), source(files)).close());
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.getMessage()).doesNotContain("\n");
    return refused;
  }

  @Test
  void shouldUndoTheSrgbCurve() throws UnfitCapture {
    // IEC 61966-2-1: 188 of 255 is half the light.
    try (LinearFrame frame = LinearFrame.decode("f", grey(188), Transfer.SRGB)) {
      assertThat(frame.mean()).isCloseTo(0.503, within(0.001));
      assertThat(frame.saturated()).isZero();
    }
  }

  @Test
  void shouldTakeTheMeanOfLinearColours() throws UnfitCapture {
    byte[] colour = image(".png", CvType.CV_16UC3, 240, new Scalar(6000, 12000, 30000));
    try (LinearFrame frame = LinearFrame.decode("f", colour, Transfer.LINEAR)) {
      assertThat(frame.mean()).isCloseTo(16000.0 / 65535, within(1e-4));
    }
  }

  @Test
  void shouldCallAPixelSaturatedWhenAnyColourIs() throws UnfitCapture {
    byte[] red = image(".tiff", CvType.CV_8UC3, 240, new Scalar(10, 20, 255));
    try (LinearFrame frame = LinearFrame.decode("f", red, Transfer.LINEAR)) {
      assertThat(frame.saturated()).isEqualTo(1);
    }
  }

  @Test
  void shouldReadJpegToo() throws UnfitCapture {
    byte[] jpeg = image(".jpg", CvType.CV_8UC1, 240, new Scalar(128));
    try (LinearFrame frame = LinearFrame.decode("f", jpeg, Transfer.LINEAR)) {
      assertThat(frame.mean()).isCloseTo(128 / 255.0, within(0.005));
    }
  }

  @Test
  void shouldSubtractTheDarkFrame() throws UnfitCapture {
    Map<String, byte[]> files =
        Map.of("a.png", grey(100), "b.png", grey(110), "c.png", grey(255), "dark.png", grey(10));
    try (Frames frames = Frames.load(metadata(Optional.of("dark.png")), source(files))) {
      assertThat(frames.size()).isEqualTo(3);
      assertThat(frames.ambientAssumed()).isFalse();
      assertThat(frames.darkLight()).isCloseTo(10 / 255.0, within(1e-4));
      assertThat(frames.light(0).get(5, 5)[0]).isCloseTo(90 * 257.0, within(1.0));
      assertThat(frames.light(1).get(5, 5)[0]).isCloseTo(100 * 257.0, within(1.0));
      // Saturated stays marked.
      assertThat(frames.light(2).get(5, 5)[0]).isEqualTo(65535);
    }
  }

  @Test
  void shouldAssumeNoAmbientLightWithoutADarkFrame() throws UnfitCapture {
    Map<String, byte[]> files = Map.of("a.png", grey(100), "b.png", grey(110), "c.png", grey(120));
    try (Frames frames = Frames.load(metadata(Optional.empty()), source(files))) {
      assertThat(frames.ambientAssumed()).isTrue();
      assertThat(frames.light(0).get(5, 5)[0]).isCloseTo(100 * 257.0, within(1.0));
    }
  }

  @Test
  void shouldNameTheFrameThatIsNoImage() {
    UnfitCapture refused =
        refusal(
            Map.of(
                "a.png",
                grey(100),
                "b.png",
                new byte[] {'n', 'o'},
                "c.png",
                grey(90),
                "dark.png",
                grey(1)));

    assertThat(refused.item()).isEqualTo("frame b.png");
    assertThat(refused.measured()).isEqualTo("2 bytes that are no image");
  }

  @Test
  void shouldRefuseATornImage() {
    byte[] whole = image(".jpg", CvType.CV_8UC1, 240, new Scalar(128));
    byte[] torn = Arrays.copyOf(whole, 30);

    UnfitCapture refused =
        refusal(Map.of("a.png", torn, "b.png", grey(1), "c.png", grey(1), "dark.png", grey(1)));

    assertThat(refused.item()).isEqualTo("frame a.png");
  }

  @Test
  void shouldNameTheFrameThatIsMissing() {
    UnfitCapture refused =
        refusal(Map.of("a.png", grey(100), "b.png", grey(100), "dark.png", grey(1)));

    assertThat(refused.item()).isEqualTo("frame c.png");
    assertThat(refused.measured()).isEqualTo("missing or unreadable");
  }

  @Test
  void shouldRefuseFramesOfDifferentSizes() {
    byte[] larger = image(".png", CvType.CV_8UC1, 300, new Scalar(90));
    UnfitCapture refused =
        refusal(Map.of("a.png", grey(1), "b.png", grey(1), "c.png", larger, "dark.png", grey(1)));

    assertThat(refused.item()).isEqualTo("frame c.png");
    assertThat(refused.measured()).isEqualTo("300x300 pixels");
    assertThat(refused.limit()).isEqualTo("240x240 as a.png");
  }

  @Test
  void shouldRefuseAnImageTooSmallToShowABead() {
    byte[] tiny = image(".png", CvType.CV_8UC1, 100, new Scalar(90));
    UnfitCapture refused =
        refusal(Map.of("a.png", tiny, "b.png", tiny, "c.png", tiny, "dark.png", tiny));

    assertThat(refused.measured()).isEqualTo("100x100 pixels");
  }
}
