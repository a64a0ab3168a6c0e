package dev.whorl.common.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void shouldReplaceAFileAndLeaveNothingBeside() throws IOException {
    Path file = folder.resolve("a");
    AtomicFile.write(file, "old");
    AtomicFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void shouldLeaveTheOldFileAndNothingBesideWhenItFails() throws IOException {
    Path place = Files.createDirectories(folder.resolve("a/full")).getParent();
    assertThatThrownBy(() -> AtomicFile.write(place, "new")).isInstanceOf(IOException.class);
    assertThat(place).isDirectory();
    assertThat(folder.toFile().list()).containsExactly("a");
  }
}
