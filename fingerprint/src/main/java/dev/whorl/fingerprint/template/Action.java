package dev.whorl.fingerprint.template;

import java.util.Locale;

/** What a coupon did to a template, or to one of its components; the later, the weightier. */
public enum Action {
  /** Left as it was: not measured, or the coupon was not taken for this printer's. */
  KEPT,
  /** The template is new. */
  CREATED,
  /** Moved towards the coupon by what both are worth. */
  UPDATED,
  /** The part was changed: what is known of it begins anew with this coupon. */
  RESTARTED,
  /** Left as it was, for it has walked as far as it may: an operator decides. */
  LIMITED;

  /** Its name in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
