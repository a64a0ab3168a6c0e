package dev.whorl.sim.bench;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What every item needs to know.
 *
 * @param dir where ports, programs and logs are put
 * @param quick a tenth of the work, for a look
 * @param seed decides all faults
 * @param say takes what is being done now
 */
record Bench(Path dir, boolean quick, long seed, Consumer<String> say) {

  /** So much, or a tenth of it when a look is enough. */
  int amount(int full) {
    return quick ? Math.max(1, full / 10) : full;
  }
}
