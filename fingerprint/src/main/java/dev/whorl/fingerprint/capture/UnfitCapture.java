package dev.whorl.fingerprint.capture;

import java.util.Locale;

/**
 * A capture that cannot be read as a coupon: what was measured, the limit it broke and what to do.
 * Its message is one line.
 */
public final class UnfitCapture extends Exception {
  private final String item;
  private final String measured;
  private final String limit;
  private final String remedy;

  /**
   * @param item what was judged, for example {@code "sharpness"} or {@code "frame e.png"}
   * @param measured what was found, with its unit
   * @param limit what would have been accepted, with its unit
   * @param remedy what the person at the bench can do
   */
  public UnfitCapture(String item, String measured, String limit, String remedy) {
    super(String.format(Locale.ROOT, "%s: %s (limit: %s); %s", item, measured, limit, remedy));
    this.item = item;
    this.measured = measured;
    this.limit = limit;
    this.remedy = remedy;
  }

  public String item() {
    return item;
  }

  public String measured() {
    return measured;
  }

  public String limit() {
    return limit;
  }

  public String remedy() {
    return remedy;
  }
}
