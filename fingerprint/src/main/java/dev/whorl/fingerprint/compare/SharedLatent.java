package dev.whorl.fingerprint.compare;

/**
 * One number, measured on two occasions: of the same part, when both are the part's own value and
 * error, or of two parts drawn from the population (Brümmer and de Villiers 2010, the
 * two-covariance model).
 *
 * @param mean of the population
 * @param variance of the population
 * @param kept correlation of a part with its own earlier self; drift that wanders back to the
 *     population keeps its spread the same for ever
 */
record SharedLatent(double mean, double variance, double kept) {
  /** log p(a, b | same part) - log p(a) - log p(b), with the variances of the two errors. */
  double logRatio(double a, double errorA, double b, double errorB) {
    double varA = variance + errorA;
    double varB = variance + errorB;
    double gain = kept * variance / varA;
    double predicted = mean + gain * (a - mean);
    double spread = varB - gain * kept * variance;
    return Gaussian.log(b - predicted, spread) - Gaussian.log(b - mean, varB);
  }
}
