package dev.whorl.bench.link;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What every item needs to know.
 *
 * @param dir where ports, programs and logs are put
 * @param share of the whole work: 1 for all of it, less for a look
 * @param seed decides all faults
 * @param say takes what is being done now
 */
record Bench(Path dir, double share, long seed, Consumer<String> say) {

  /** So much, or a share of it when a look is enough. */
  int amount(int full) {
    return Math.max(1, (int) Math.round(full * share));
  }
}
