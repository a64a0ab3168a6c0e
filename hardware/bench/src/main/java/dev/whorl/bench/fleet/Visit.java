package dev.whorl.bench.fleet;

import dev.whorl.sim.machine.Service;
import org.jspecify.annotations.Nullable;

/**
 * One coupon of a machine.
 *
 * @param name unique among its machine's
 * @param group why it is printed
 * @param day age of the machine in days; no two coupons share one, for a day and a machine decide
 *     all accidents of a print
 * @param service what was serviced just before it, if anything
 */
public record Visit(String name, Group group, double day, @Nullable Service service) {}
