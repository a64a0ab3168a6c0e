package dev.whorl.agent.uplink;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.envelope.Digest;
import dev.whorl.common.envelope.SigningKey;
import dev.whorl.common.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's key: made at the first start, kept in the state folder with mode 0600, and bound to
 * this machine, so that a card copied to another machine speaks with a key of its own.
 */
public final class Identity {
  private static final Logger LOG = LoggerFactory.getLogger(Identity.class);
  private static final Path MACHINE_ID = Path.of("/etc/machine-id");

  private Identity() {}

  /** The key of this machine in a state folder. */
  public static SigningKey of(Path stateDir) {
    return of(stateDir, MACHINE_ID);
  }

  static SigningKey of(Path stateDir, Path machineIdFile) {
    Path key = stateDir.resolve("agent.key");
    Path binding = stateDir.resolve("agent.key.machine");
    String machine = Digest.sha256Hex(machineId(machineIdFile).getBytes(StandardCharsets.UTF_8));
    try {
      Files.createDirectories(stateDir);
      if (Files.exists(key)
          && Files.exists(binding)
          && !Files.readString(binding).strip().equals(machine)) {
        Path aside = stateDir.resolve("agent.key.other-machine");
        Files.move(key, aside, StandardCopyOption.REPLACE_EXISTING);
        LOG.warn("{} was made on another machine; it is kept as {} and a new one made", key, aside);
      }
      SigningKey made = SigningKey.readOrCreate(key, new SecureRandom());
      AtomicFile.write(binding, machine + "\n");
      return made;
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          stateDir + ": the agent cannot keep its key here: " + e + "; check agent.state_dir",
          e);
    }
  }

  /** Empty where the machine has none, as in some containers. */
  private static String machineId(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
