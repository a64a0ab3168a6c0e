package dev.whorl.agent.run;

/** Turns a run's folder of frames into its fingerprint. */
@FunctionalInterface
public interface Analyst {
  /**
   * Writes {@link RunFolder#fingerprint}.
   *
   * @throws RunFault with the reason and the measured value when the frames cannot serve
   */
  void analyse(RunFolder folder) throws RunFault;
}
