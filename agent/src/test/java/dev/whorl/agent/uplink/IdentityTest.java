package dev.whorl.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  @TempDir Path dir;

  @Test
  void shouldKeepItsKeyForItselfAndAcrossStarts() throws Exception {
    Path machine = Files.writeString(dir.resolve("machine-id"), "aaaa\n");
    Path state = dir.resolve("state");

    String first = Identity.of(state, machine).verifyingKey().id();

    assertThat(Identity.of(state, machine).verifyingKey().id()).isEqualTo(first);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(state.resolve("agent.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldMakeAnotherKeyWhenTheCardWasCopiedToAnotherMachine() throws Exception {
    Path machine = Files.writeString(dir.resolve("machine-id"), "aaaa\n");
    Path state = dir.resolve("state");
    String first = Identity.of(state, machine).verifyingKey().id();
    Files.writeString(machine, "bbbb\n");

    assertThat(Identity.of(state, machine).verifyingKey().id()).isNotEqualTo(first);
    assertThat(state.resolve("agent.key.other-machine")).exists();
  }
}
