package dev.whorl.agent.outbox;

import java.util.Locale;

/** What an outbox holds, the most important first. Telemetry is not among it: it is never kept. */
public enum ItemKind {
  /** The public key and its proof, without which nothing else is taken. */
  ENROL,

  /** A signed fingerprint: minutes of printing, never given up for anything. */
  FINGERPRINT,

  /** Something that happened; the oldest gives way when the outbox is full. */
  EVENT;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ItemKind ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
