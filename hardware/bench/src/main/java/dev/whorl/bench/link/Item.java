package dev.whorl.bench.link;

import java.io.IOException;
import java.util.List;

/** One thing that is looked at. */
interface Item {

  /** The name that {@code --only} takes. */
  String name();

  /**
   * Looks. Ends within a bound of its own.
   *
   * @throws IOException when it cannot be looked at, which is not the same as failing
   */
  List<Finding> look(Bench bench) throws IOException, InterruptedException;
}
