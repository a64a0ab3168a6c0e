package dev.whorl.common.envelope;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** PEM text (RFC 7468) to and from DER bytes. */
public final class Pem {
  private Pem() {}

  /** Writes one block. */
  public static String encode(byte[] der, String label) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  /**
   * Reads the first block of a label.
   *
   * @throws IllegalArgumentException when there is none or it is not base64
   */
  public static byte[] decode(String text, String label) {
    List<byte[]> blocks = decodeAll(text, label);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("no \"BEGIN " + label + "\" in it");
    }
    return blocks.get(0);
  }

  /** Reads every block of a label, in order. */
  public static List<byte[]> decodeAll(String text, String label) {
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    List<byte[]> blocks = new ArrayList<>();
    int at = text.indexOf(begin);
    while (at >= 0) {
      int stop = text.indexOf(end, at);
      if (stop < 0) {
        throw new IllegalArgumentException("no \"END " + label + "\" in it");
      }
      blocks.add(Base64.getMimeDecoder().decode(text.substring(at + begin.length(), stop)));
      at = text.indexOf(begin, stop);
    }
    return blocks;
  }
}
