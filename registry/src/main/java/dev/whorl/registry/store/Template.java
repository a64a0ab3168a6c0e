package dev.whorl.registry.store;

/** What a printer is compared with: a fingerprint's JSON and where it came from. */
public record Template(String printer, Kind kind, String digest, String json) {
  /** Which of a printer's two. */
  public enum Kind {
    /** The first, kept for ever. */
    FIRST,
    /** The last that was taken for the same printer's. */
    LATEST
  }
}
