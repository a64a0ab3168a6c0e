package dev.whorl.sim.firmware;

import java.util.function.BooleanSupplier;

/**
 * A command that is not done yet.
 *
 * @param busy what the host is told meanwhile, for instance {@code processing}
 * @param breakable whether M108 ends it
 * @param done whether it is over; asked again and again
 * @param then what is still to be done before the {@code ok}
 */
record Wait(String busy, boolean breakable, BooleanSupplier done, Runnable then) {

  static Wait until(BooleanSupplier done, Runnable then) {
    return new Wait("processing", false, done, then);
  }
}
