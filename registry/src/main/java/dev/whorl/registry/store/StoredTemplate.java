package dev.whorl.registry.store;

/**
 * What a printer is compared with, and where it came from.
 *
 * @param digest of the fingerprint that moved it last
 * @param json of {@link Kind#FIRST} a fingerprint, of {@link Kind#LATEST} a template
 */
public record StoredTemplate(String printer, Kind kind, String digest, String json) {
  /** Which of a printer's two. */
  public enum Kind {
    /** Its very first fingerprint, kept for ever. */
    FIRST,
    /** The template as it is now. */
    LATEST
  }
}
