package dev.whorl.registry.http;

/** What the bearer of a token may do. */
public enum Role {
  /** Look. */
  VIEWER,
  /** Look, accept and reject. */
  OPERATOR;

  boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
