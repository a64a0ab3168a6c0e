package dev.whorl.registry.intake;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** How many messages were not taken since the start, by reason. */
public final class RefusalCounts {
  private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

  /** All zero. */
  public RefusalCounts() {
    for (Reason reason : Reason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  void add(Reason reason) {
    counter(reason).increment();
  }

  /** The count of one reason. */
  public long of(Reason reason) {
    return counter(reason).sum();
  }

  /** All that are not zero, by label. */
  public Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach(
        (reason, count) -> {
          if (count.sum() > 0) {
            all.put(reason.label(), count.sum());
          }
        });
    return all;
  }

  private LongAdder counter(Reason reason) {
    return java.util.Objects.requireNonNull(counts.get(reason));
  }
}
