package dev.whorl.fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * Whose coupon the relief markers say this is.
 *
 * @param shortId the printer's short id read from the markers (23 bits), null where they could not
 *     be read
 * @param version the coupon version read from the markers
 * @param agrees whether that is the printer the program was made for, null where not known
 */
public record Claim(
    @Nullable Integer shortId, @Nullable Integer version, @Nullable Boolean agrees) {
  /** Nothing could be read. */
  public static final Claim UNREAD = new Claim(null, null, null);
}
