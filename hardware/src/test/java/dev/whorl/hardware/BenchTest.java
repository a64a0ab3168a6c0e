package dev.whorl.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
  @TempDir Path dir;

  private BenchSettings settings(String cameraDriver, String cameraScript) {
    Path log = dir.resolve("log");
    return new BenchSettings(
        "/dev/null",
        new CameraSettings(
            cameraDriver, List.of("sh", "-c", cameraScript, "sh", "{out}"), null, null, 8000, 5000),
        new LampsSettings(
            "command",
            List.of("sh", "-c", "echo lamp $1 >> " + log, "sh", "{lamp}"),
            1,
            10,
            List.of()));
  }

  @Test
  void shouldPutOutTheLampWhenTheCameraFails() throws Exception {
    String script = "echo shutter >> " + dir.resolve("log") + "; exit 1";
    try (Bench bench = Bench.open(settings("command", script))) {
      assertThatThrownBy(() -> bench.captureFrame("n", dir.resolve("n.png")))
          .isInstanceOf(HardwareException.class);

      assertThat(dir.resolve("log")).hasContent("lamp n\nshutter\nlamp dark");
    }
  }

  @Test
  void shouldNameTheKeyOfADriverThatIsNotInstalled() {
    assertThatThrownBy(() -> Bench.open(settings("sim", "")))
        .hasMessageContaining("camera.driver = \"sim\"")
        .hasMessageContaining("no such driver");
  }
}
