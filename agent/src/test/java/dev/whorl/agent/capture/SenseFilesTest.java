package dev.whorl.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SenseFilesTest {
  private static final String BOWED = "0,0.1,0\n0.1,0.3,0.1\n0,0.1,0\n";
  private static final String FLAT = "0,0,0\n0,0,0\n0,0,0\n";

  @TempDir private Path folder;

  @Test
  void shouldReadTheMeshBesideTheFramesUnlessAnotherIsNamed() throws Exception {
    assertThat(SenseFiles.of(folder, List.of(), null).mesh()).isNull();

    Files.writeString(folder.resolve("mesh.csv"), BOWED);
    Path flat = Files.writeString(folder.resolve("elsewhere.csv"), FLAT);

    // The middle over the mean of all.
    assertThat(SenseFiles.of(folder, List.of(), null).mesh().shapeUm()[12]).isGreaterThan(100);
    assertThat(SenseFiles.of(folder, List.of(), flat).mesh().shapeUm())
        .containsExactly(new double[25], within(1e-6));
  }
}
