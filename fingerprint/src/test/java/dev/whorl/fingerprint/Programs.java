package dev.whorl.fingerprint;

import dev.whorl.fingerprint.toolpath.Toolpath;
import java.nio.charset.StandardCharsets;

/** Coupon programs kept with the tests. */
public final class Programs {
  private Programs() {}

  /** The text of {@code cartesian} or {@code corexy}. */
  public static String text(String name) throws Exception {
    try (var in = Programs.class.getResourceAsStream(name + ".gcode")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  public static Toolpath toolpath(String name) throws Exception {
    return Toolpath.parse(text(name));
  }
}
