package dev.whorl.registry.intake;

import dev.whorl.registry.store.Keys;
import dev.whorl.registry.store.PrinterKey;
import dev.whorl.registry.store.PrinterKey.State;
import dev.whorl.registry.store.Printers;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** An operator lets keys in or turns them away. */
public final class Admission {
  /** Why it cannot be done. */
  public static final class Impossible extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean unknown;

    Impossible(boolean unknown, String message) {
      super(message);
      this.unknown = unknown;
    }

    /** Whether there is no such printer or key at all. */
    public boolean isUnknown() {
      return unknown;
    }

    /** Never null here. */
    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  private Admission() {}

  /**
   * Lets a key speak for its printer. The one that did so before no longer does.
   *
   * @param keyId which key; null for the newest that waits
   */
  public static PrinterKey accept(Handle db, String printer, @Nullable String keyId, Instant now)
      throws Impossible {
    PrinterKey key =
        keys(db, printer).stream()
            .filter(k -> keyId == null ? k.state() == State.PENDING : k.key().id().equals(keyId))
            .findFirst()
            .orElseThrow(
                () ->
                    new Impossible(
                        keyId != null,
                        keyId == null
                            ? printer + ": no key waits to be accepted"
                            : printer + ": never asked with key " + keyId));
    if (key.state() != State.ACTIVE) {
      Keys.bind(db, printer, key.key(), now);
    }
    return key;
  }

  /**
   * Turns a printer's keys away.
   *
   * @param keyId which key; null for all that wait or are active
   * @return how many
   */
  public static int reject(Handle db, String printer, @Nullable String keyId, Instant now)
      throws Impossible {
    List<PrinterKey> keys =
        keys(db, printer).stream()
            .filter(
                k ->
                    keyId == null
                        ? k.state() == State.PENDING || k.state() == State.ACTIVE
                        : k.key().id().equals(keyId))
            .toList();
    if (keys.isEmpty()) {
      throw new Impossible(keyId != null, printer + ": has no such key to reject");
    }
    keys.forEach(key -> Keys.reject(db, key, now));
    return keys.size();
  }

  private static List<PrinterKey> keys(Handle db, String printer) throws Impossible {
    if (!Printers.exists(db, printer)) {
      throw new Impossible(true, printer + ": no such printer ever asked to be enrolled");
    }
    return Keys.of(db, printer);
  }
}
