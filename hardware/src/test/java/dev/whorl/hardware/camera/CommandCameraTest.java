package dev.whorl.hardware.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whorl.hardware.Exposure;
import dev.whorl.hardware.HardwareException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandCameraTest {
  @TempDir Path dir;

  private Path image(String format) throws IOException {
    BufferedImage image = new BufferedImage(8, 6, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(3, 2, 0, 201);
    Path file = dir.resolve("source." + format);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private static CommandCamera shell(String script) throws HardwareException {
    return new CommandCamera(List.of("sh", "-c", script, "sh", "{out}", "{lamp}", "{exposure_us}"));
  }

  private Path expose(CommandCamera camera, int timeoutMs) throws HardwareException {
    Path out = dir.resolve("n.png");
    camera.expose(new Exposure("n", 8000, timeoutMs), out);
    return out;
  }

  @Test
  void shouldKeepAPngUnchanged() throws Exception {
    Path source = image("png");

    Path frame = expose(shell("cp " + source + " \"$1\""), 5000);

    assertThat(frame).hasSameBinaryContentAs(source);
    assertThat(dir).isDirectoryNotContaining("glob:**raw*");
  }

  @Test
  void shouldTurnAnotherFormatIntoPngOfTheSameValues() throws Exception {
    Path source = image("tiff");

    Path frame = expose(shell("cp " + source + " \"$1\""), 5000);

    BufferedImage kept = ImageIO.read(frame.toFile());
    assertThat(Files.readAllBytes(frame)).startsWith(0x89, 'P', 'N', 'G');
    assertThat(kept.getRaster().getSample(3, 2, 0)).isEqualTo(201);
  }

  @Test
  void shouldReplaceLampAndExposureInTheArguments() throws Exception {
    Path source = image("png");

    expose(shell("cp " + source + " \"$1\"; echo \"$2 $3\" > " + dir.resolve("args")), 5000);

    assertThat(dir.resolve("args")).hasContent("n 8000");
  }

  @Test
  void shouldSayTheExitCodeAndTheProgramsLastWords() throws Exception {
    CommandCamera camera = shell("echo first; echo no such camera >&2; exit 7");

    assertThatThrownBy(() -> expose(camera, 5000))
        .isInstanceOf(HardwareException.class)
        .hasMessageContaining("exit code 7")
        .hasMessageEndingWith("it said: no such camera")
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldRefuseAMissingFile() throws Exception {
    assertThatThrownBy(() -> expose(shell("true"), 5000))
        .hasMessageContaining("wrote no file at {out}");
  }

  @Test
  void shouldRefuseWhatIsNotAnImageAndLeaveNothingBehind() throws Exception {
    assertThatThrownBy(() -> expose(shell("echo hello > \"$1\""), 5000))
        .hasMessageContaining("6 bytes is not an image");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void shouldKillAProgramThatTakesTooLong() throws Exception {
    CommandCamera camera = shell("echo $$ > " + dir.resolve("pid") + "; exec sleep 600");

    assertThatThrownBy(() -> expose(camera, 300)).hasMessageContaining("longer than 300 ms");

    long pid = Long.parseLong(Files.readString(dir.resolve("pid")).strip());
    org.awaitility.Awaitility.await()
        .until(() -> ProcessHandle.of(pid).map(p -> !p.isAlive()).orElse(true));
  }

  @Test
  void shouldNameAProgramThatCannotBeStarted() throws Exception {
    CommandCamera camera = new CommandCamera(List.of("/no/such/program", "{out}"));

    assertThatThrownBy(() -> expose(camera, 5000))
        .hasMessageContaining("cannot start `/no/such/program`: No such file or directory");
  }

  @Test
  void shouldRefuseACommandWithoutAPlaceForTheImage() {
    assertThatThrownBy(() -> new CommandCamera(List.of("camera", "{lamp}")))
        .hasMessageContaining("{out}");
  }
}
