package dev.whorl.agent.config;

import dev.whorl.agent.run.Slot;
import java.util.List;

/**
 * The table {@code [coupon]}.
 *
 * @param kind standard-1
 * @param slots where coupons go, in the order of use; empty for those that the bed and the pulleys
 *     suggest
 */
public record CouponConfig(String kind, List<Slot> slots) {
  public CouponConfig {
    slots = List.copyOf(slots);
  }
}
