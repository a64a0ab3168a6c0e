package dev.whorl.fingerprint.compare;

import java.util.Locale;

/**
 * What a comparison comes to. The thresholds are fixed, so that their error rates can be measured:
 * where the likelihood ratio is calibrated, fewer than 1 in 100 other printers reach a hundred.
 */
public enum Verdict {
  /**
   * The same printer, every part as it was: log10 of the likelihood ratio is {@value #SAME_LOG10}
   * or more.
   */
  MATCH,
  /**
   * The same printer by the same measure, but a part of it was changed or has moved: an event is
   * named, or a component by itself speaks for another printer at 10 to 1.
   */
  DRIFT,
  /** Another printer: log10 of the likelihood ratio is {@value #OTHER_LOG10} or less. */
  MISMATCH,
  /** Neither: too little in common was measured, or it points both ways. */
  INSUFFICIENT;

  /** log10 of the likelihood ratio from which two are held to be the same: 100. */
  public static final double SAME_LOG10 = 2;

  /**
   * log10 of the likelihood ratio up to which two are held to be different: 1/10. Less strict than
   * the other, because parts do get changed and so no evidence against can be as strong as that
   * for.
   */
  public static final double OTHER_LOG10 = -1;

  /** The word used in JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
