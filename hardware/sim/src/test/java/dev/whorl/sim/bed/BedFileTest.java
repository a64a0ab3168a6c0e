package dev.whorl.sim.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BedFileTest {
  @TempDir private Path folder;

  private static BedContents bed() {
    Track bead =
        new Track(
            Track.Kind.EXTRUDED,
            new float[] {80.125f, 81.5f, 83},
            new float[] {40, 40.001f, 40.002f},
            new float[] {0.2f, 0.2f, 0.2f},
            new float[] {0.086f, 0.087f, 0.085f},
            30);
    Track press =
        new Track(
            Track.Kind.PRESSED,
            new float[] {200, 90},
            new float[] {50, 50},
            new float[] {0.18f, 0.18f},
            new float[2],
            20);
    return new BedContents(
        List.of(
            new PrintedObject(
                List.of(bead, press), NozzleFace.of(7, 0.4, 12.5, 30, 99), Material.GREY_PLA, -3)),
        10,
        20,
        30.5);
  }

  @Test
  void shouldReadBackWhatItWrote() throws IOException {
    Path file = folder.resolve("p.bed");
    BedFile.write(file, bed());
    assertThat(BedFile.read(file)).isEqualTo(bed());
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void shouldRefuseATornFileWhereverItIsTorn() throws IOException {
    Path file = folder.resolve("p.bed");
    BedFile.write(file, bed());
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, whole.length / 2, whole.length - 9, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> BedFile.read(file))
          .as("torn after %d of %d bytes", length, whole.length)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("p.bed is torn");
    }
  }

  @Test
  void shouldRefuseAFlippedBit() throws IOException {
    Path file = folder.resolve("p.bed");
    BedFile.write(file, bed());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 6] ^= 1; // in the checksum
    Files.write(file, bytes);
    assertThatThrownBy(() -> BedFile.read(file)).isInstanceOf(IOException.class);
  }

  @Test
  void shouldSayThatNothingWasPrintedYet() {
    assertThatThrownBy(() -> BedFile.read(folder.resolve("none.bed")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void shouldLeaveTravelOutOfTheBox() {
    Bounds box = bed().objects().get(0).bounds();
    assertThat(box.maxXMm()).isEqualTo(83);
    assertThat(box.distanceMm(80, 36)).isEqualTo(Math.hypot(0.125, 4));
  }

  @Test
  void shouldLieBesideThePrintersLink() {
    assertThat(BedFile.beside(Path.of("/tmp/p"))).isEqualTo(Path.of("/tmp/p.bed"));
  }
}
