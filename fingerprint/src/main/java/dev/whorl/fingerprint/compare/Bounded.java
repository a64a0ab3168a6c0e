package dev.whorl.fingerprint.compare;

/**
 * Keeps one group of measurements from deciding alone.
 *
 * @param temper share of the log likelihood ratio that counts, for what the group's parts say twice
 * @param wild probability that the measurement says nothing although it looks sound: bounds the
 *     evidence against
 * @param twin probability that another printer of the same model has the same by chance or by
 *     design: bounds the evidence for
 */
record Bounded(double temper, double wild, double twin) {
  /** The log likelihood ratio that may be believed; between log wild and -log twin. */
  double of(double logRatio) {
    double tempered = temper * logRatio;
    LogSum same = new LogSum();
    same.add(Math.log1p(-wild) + tempered);
    same.add(Math.log(wild));
    LogSum other = new LogSum();
    other.add(Math.log1p(-twin));
    other.add(Math.log(twin) + tempered);
    return same.log() - other.log();
  }
}
