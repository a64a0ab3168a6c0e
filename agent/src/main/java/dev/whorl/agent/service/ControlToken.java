package dev.whorl.agent.service;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Who can read the state folder may command the agent on this machine; a web page that a browser
 * here shows may not.
 */
final class ControlToken {
  private static final int BYTES = 32;

  private ControlToken() {}

  static String create(Path stateDir) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    AtomicFile.writePrivate(file(stateDir), token.getBytes(StandardCharsets.US_ASCII));
    return token;
  }

  static String read(Path stateDir) {
    try {
      return Files.readString(file(stateDir));
    } catch (IOException e) {
      throw new UserError(
          ExitCode.USAGE,
          file(stateDir) + ": cannot be read: run this as root or as the agent's user",
          e);
    }
  }

  private static Path file(Path stateDir) {
    return stateDir.resolve("control.token");
  }
}
