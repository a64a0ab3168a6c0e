package dev.whorl.sim.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whorl.common.cli.Cli;
import dev.whorl.hardware.Bench;
import dev.whorl.hardware.BenchSettings;
import dev.whorl.hardware.CameraSettings;
import dev.whorl.hardware.Exposure;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.LampSettings;
import dev.whorl.hardware.LampsSettings;
import dev.whorl.sim.bed.BedContents;
import dev.whorl.sim.bed.BedFile;
import dev.whorl.sim.bed.Material;
import dev.whorl.sim.bed.NozzleFace;
import dev.whorl.sim.bed.PrintedObject;
import dev.whorl.sim.bed.Track;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;
import picocli.CommandLine;

class SimDriversTest {
  @TempDir private Path folder;
  private Path link;

  @BeforeEach
  void printABlock() throws IOException {
    link = folder.resolve("p");
    List<Track> tracks = new ArrayList<>();
    for (int i = 0; i < 79; i++) {
      float y = 40.2f + 0.43f * i;
      tracks.add(
          new Track(
              Track.Kind.EXTRUDED,
              new float[] {80.2f, 113.8f},
              new float[] {y, y},
              new float[] {0.2f, 0.2f},
              new float[] {0.086f, 0.086f},
              60));
    }
    PrintedObject block =
        new PrintedObject(tracks, NozzleFace.of(1, 0.4, 0, 0, 1), Material.GREY_PLA, 1);
    BedFile.write(BedFile.beside(link), new BedContents(List.of(block), 0, 0, 30));
  }

  private BenchSettings settings() {
    LampSettings lamp = new LampSettings("left", null, 180, 25, 120.0, false);
    return new BenchSettings(
        link.toString(),
        new CameraSettings("sim", List.of(), null, null, 8_000, 60_000),
        new LampsSettings("sim", List.of(), 0, 10, List.of(lamp)));
  }

  private static double meanOf(Path png) {
    Mat frame = Imgcodecs.imread(png.toString(), Imgcodecs.IMREAD_UNCHANGED);
    double mean = Core.mean(frame).val[0];
    assertThat(frame.cols()).isEqualTo(frame.rows());
    frame.release();
    return mean;
  }

  @Test
  void shouldPhotographWhatIsLitByTheLampsOfTheSameBench() throws Exception {
    try (Bench bench = Bench.open(settings())) {
      bench.captureFrame("left", folder.resolve("left.png"));
      bench.captureFrame(Exposure.DARK, folder.resolve("dark.png"));
      // The camera believes the lamps, not what it is told.
      bench.camera().expose(new Exposure("left", 8_000, 60_000), folder.resolve("lamp-off.png"));
      double lit = meanOf(folder.resolve("left.png"));
      double dark = meanOf(folder.resolve("dark.png"));
      assertThat(lit).isGreaterThan(3 * dark);
      assertThat(meanOf(folder.resolve("lamp-off.png"))).isBetween(0.9 * dark, 1.1 * dark);
      assertThatThrownBy(() -> bench.lamps().on("right"))
          .isInstanceOf(HardwareException.class)
          .hasMessageContaining("no lamp right");
    }
  }

  @Test
  void shouldSayThatThereIsNothingToPhotograph() throws Exception {
    Files.delete(BedFile.beside(link));
    try (Bench bench = Bench.open(settings())) {
      assertThatThrownBy(() -> bench.captureFrame("left", folder.resolve("left.png")))
          .isInstanceOf(HardwareException.class)
          .hasMessageContaining("p.bed is not there");
    }
    assertThat(folder.resolve("left.png")).doesNotExist();
  }

  private int run(StringWriter errors, String... args) {
    CommandLine line = new CommandLine(new CameraCommand());
    line.setErr(new PrintWriter(errors, true));
    return Cli.run(line, args);
  }

  @Test
  void shouldWriteTheSamePictureForTheSameCommand() throws IOException {
    StringWriter errors = new StringWriter();
    for (String name : new String[] {"a.png", "b.png"}) {
      int code =
          run(
              errors,
              "--printer",
              link.toString(),
              "--lamp",
              "ne",
              "--px-per-mm",
              "12",
              "--out",
              folder.resolve(name).toString());
      assertThat(code).as(errors.toString()).isZero();
    }
    assertThat(Files.readAllBytes(folder.resolve("a.png")))
        .isEqualTo(Files.readAllBytes(folder.resolve("b.png")));
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void shouldRefuseALampThatItDoesNotHaveInOneLine() {
    StringWriter errors = new StringWriter();
    int code =
        run(
            errors,
            "--printer",
            link.toString(),
            "--lamp",
            "n",
            "--out",
            folder.resolve("a.png").toString());
    assertThat(code).isEqualTo(2);
    assertThat(errors.toString().lines())
        .containsExactly(
            "whorl: no lamp n in the ring of 6; choose e, ne, nw, w, sw, se or dark, or give"
                + " --azimuth");
  }
}
