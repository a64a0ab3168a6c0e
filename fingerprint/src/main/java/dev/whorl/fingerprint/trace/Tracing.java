package dev.whorl.fingerprint.trace;

import java.util.List;

/**
 * All that was traced on one coupon.
 *
 * @param traces in the order the paths are printed
 * @param paths how many paths were looked for
 * @param tracedPart part of the length looked for that was found
 * @param registrationUm rms of what the paths lay beside their places, before the registration was
 *     corrected by them
 * @param place from the program's place to the surface maps' place
 */
public record Tracing(
    List<Trace> traces, int paths, double tracedPart, double registrationUm, Place place) {
  public Tracing {
    traces = List.copyOf(traces);
  }
}
