package dev.whorl.fingerprint.capture;

/** How stored pixel values relate to light. */
public enum Transfer {
  /** IEC 61966-2-1. */
  SRGB {
    @Override
    double linear(double encoded) {
      return encoded <= 0.04045 ? encoded / 12.92 : Math.pow((encoded + 0.055) / 1.055, 2.4);
    }
  },
  /** Values are proportional to light. */
  LINEAR {
    @Override
    double linear(double encoded) {
      return encoded;
    }
  };

  /** Light of an encoded value, both 0..1. */
  abstract double linear(double encoded);

  /** For every encoded value 0..max its light as 0..65535. */
  char[] table(int max) {
    char[] table = new char[max + 1];
    for (int i = 0; i <= max; i++) {
      table[i] = (char) Math.round(65535 * linear((double) i / max));
    }
    return table;
  }
}
