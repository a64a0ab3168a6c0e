package dev.whorl.fingerprint.evaluate;

/**
 * One comparison whose truth is known.
 *
 * @param probe names the fingerprint in question; unique to it
 * @param probePrinter the printer that made it
 * @param referencePrinter the printer it was compared to; one reference for each
 * @param log10Lr the score: log10 of the likelihood ratio
 */
public record Score(String probe, String probePrinter, String referencePrinter, double log10Lr) {
  public Score {
    if (Double.isNaN(log10Lr)) {
      throw new IllegalArgumentException(
          "evaluation: " + probe + " against " + referencePrinter + " has no score");
    }
  }

  /** True if one printer made both. */
  public boolean isGenuine() {
    return probePrinter.equals(referencePrinter);
  }
}
