package dev.whorl.gcode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A printer's id, shortened to what four markers can carry: the first 23 bits of the SHA-256 of its
 * UTF-8 bytes. A claim that helps to find the printer, no proof of it.
 *
 * <p>With m1, m2, m3 its digits to the base 250, the most significant first, and m0 = (31 version +
 * m1 + m2 + m3) mod 250, the marker in corner c (0 lower left, 1 lower right, 2 upper right, 3
 * upper left) has the id 4 m_c + c.
 *
 * @param value 0 to 2^23 - 1
 */
public record ShortId(int value) {
  /** The version of this scheme, which the check digit m0 covers. */
  public static final int VERSION = 1;

  private static final int BASE = 250;
  private static final int BITS = 23;

  public ShortId {
    if (value < 0 || value >= 1 << BITS) {
      throw new IllegalArgumentException("a short id has " + BITS + " bits, not " + value);
    }
  }

  /** The short id of a printer. */
  public static ShortId of(String printerId) {
    byte[] hash = sha256(printerId.getBytes(StandardCharsets.UTF_8));
    int first24 = (hash[0] & 0xff) << 16 | (hash[1] & 0xff) << 8 | hash[2] & 0xff;
    return new ShortId(first24 >> (24 - BITS));
  }

  /** The id of the marker in a corner, 0 lower left, 1 lower right, 2 upper right, 3 upper left. */
  public int markerId(int corner) {
    int[] m = {0, value / (BASE * BASE), value / BASE % BASE, value % BASE};
    m[0] = (31 * VERSION + m[1] + m[2] + m[3]) % BASE;
    return 4 * m[corner] + corner;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
