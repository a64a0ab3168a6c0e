package dev.whorl.fingerprint.vibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.whorl.fingerprint.MeshComponent;
import org.junit.jupiter.api.Test;

class MeshFileTest {
  @Test
  void shouldKeepABedsShapeAndLeaveItsTiltOut() throws Exception {
    double[] bowl = MeshFile.read("m.csv", mesh(7, 0, 0)).shapeUm();
    double[] tilted = MeshFile.read("m.csv", mesh(7, 0.3, -0.2)).shapeUm();

    assertThat(tilted).containsExactly(bowl, within(1e-6));
    // 0.1 mm deep: the middle lies low, the corners high.
    assertThat(bowl[12]).isLessThan(-40);
    assertThat(bowl[0]).isGreaterThan(40);
    assertThat(bowl[0]).isCloseTo(bowl[24], within(1e-6));
  }

  @Test
  void shouldReadMeshesOfAnySizeAlike() throws Exception {
    double[] coarse = MeshFile.read("m.csv", mesh(5, 0, 0)).shapeUm();
    double[] fine = MeshFile.read("m.csv", mesh(25, 0, 0)).shapeUm();

    assertThat(fine).containsExactly(coarse, within(3.0));
    assertThat(coarse).hasSize(MeshComponent.SIDE * MeshComponent.SIDE);
  }

  @Test
  void shouldSayInOneLineWhatIsWrong() {
    assertRefused("", "m.csv: 0 rows of 0 heights; 3 to 100 of each are a mesh");
    assertRefused("1 2 3\n1 2\n", "m.csv: line 2: has 2 heights, the first row 3");
    assertRefused("0.1;x;0.2\n", "m.csv: line 1: height 2 is none: x; mm from -10 to 10 are");
    assertRefused("120 130 140\n", "m.csv: line 1: height 1 is none: 120");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> MeshFile.read("m.csv", text))
        .isInstanceOf(InvalidRecording.class)
        .hasMessage(message.contains("120") ? message + "; mm from -10 to 10 are" : message);
  }

  private static String mesh(int side, double tiltX, double tiltY) {
    StringBuilder text = new StringBuilder("# front row first\n");
    for (int j = 0; j < side; j++) {
      for (int i = 0; i < side; i++) {
        double u = 2.0 * i / (side - 1) - 1;
        double v = 2.0 * j / (side - 1) - 1;
        text.append(0.05 * (u * u + v * v) + tiltX * u + tiltY * v)
            .append(i + 1 < side ? "," : "\n");
      }
    }
    return text.toString();
  }
}
