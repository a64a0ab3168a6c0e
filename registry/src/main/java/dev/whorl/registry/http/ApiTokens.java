package dev.whorl.registry.http;

import dev.whorl.common.envelope.Digest;
import dev.whorl.common.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The bearer tokens of the HTTP API. The file holds a line per token: its role and the SHA-256 of
 * its text; deleting a line takes the token back. It is read at every request, being a few lines.
 */
public final class ApiTokens {
  private static final int SECRET_BYTES = 24;
  private static final long LARGEST_FILE_BYTES = 1 << 20;

  private final Path file;

  /** The file may be missing: then no token is valid. */
  public ApiTokens(Path file) {
    this.file = file;
  }

  /** Makes a token and returns its text, which is kept nowhere. */
  public String create(Role role, SecureRandom random) throws IOException {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String before = Files.exists(file) ? Files.readString(file) : "";
    String line = role.name().toLowerCase(Locale.ROOT) + " " + digest(token) + "\n";
    String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    AtomicFile.writePrivate(file, (before + separator + line).getBytes(StandardCharsets.UTF_8));
    return token;
  }

  /** The role of a token; empty if it is none. */
  Optional<Role> role(String token) throws IOException {
    if (!Files.exists(file) || Files.size(file) > LARGEST_FILE_BYTES) {
      return Optional.empty();
    }
    byte[] wanted = digest(token).getBytes(StandardCharsets.US_ASCII);
    Role best = null;
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.strip().split("\\s+");
      if (parts.length == 2
          && MessageDigest.isEqual(wanted, parts[1].getBytes(StandardCharsets.US_ASCII))) {
        for (Role role : Role.values()) {
          if (role.name().equalsIgnoreCase(parts[0])) {
            best = role;
          }
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static String digest(String token) {
    return Digest.sha256Hex(token.getBytes(StandardCharsets.UTF_8));
  }
}
