package dev.whorl.sim.demo;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One coupon of the story and what the registry made of it.
 *
 * @param name what was done
 * @param printer under whose name the coupon was sent
 * @param expected the verdict that should come
 * @param verdict the verdict that came: match, drift, mismatch or insufficient
 * @param event what is said to have happened to the printer
 * @param log10Lr how many times likelier this coupon is if the printer made it, as a power of ten
 */
public record DemoCase(
    @JsonProperty("case") String name,
    String printer,
    String expected,
    String verdict,
    String event,
    @JsonProperty("log10_lr") double log10Lr) {
  /** Whether the verdict is the expected one. */
  boolean right() {
    return expected.equals(verdict);
  }
}
