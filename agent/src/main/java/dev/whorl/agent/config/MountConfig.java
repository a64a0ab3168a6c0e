package dev.whorl.agent.config;

import java.util.List;

/**
 * Where the camera sits, of the table {@code [camera]}.
 *
 * @param toolhead whether it rides on the toolhead and is moved over the coupon, or is fixed
 * @param offsetMm from the nozzle to where the camera looks, X and Y; 0, 0 where fixed
 * @param focusZMm the machine's Z at which the coupon is sharp; 0 where fixed
 * @param transfer srgb or linear
 */
public record MountConfig(
    boolean toolhead, List<Double> offsetMm, double focusZMm, String transfer) {
  public MountConfig {
    offsetMm = List.copyOf(offsetMm);
  }
}
