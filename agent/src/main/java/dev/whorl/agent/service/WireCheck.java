package dev.whorl.agent.service;

/**
 * What one wire answered.
 *
 * @param wire which
 * @param grade how it went
 * @param detail in one line: what was seen, or what is wrong and what to do
 * @param exitCode of the process if this is the worst of them; 0 unless it failed
 */
public record WireCheck(String wire, Grade grade, String detail, int exitCode) {
  /** How it went. */
  public enum Grade {
    OK,
    WARN,
    FAIL
  }

  static WireCheck ok(String wire, String detail) {
    return new WireCheck(wire, Grade.OK, detail, 0);
  }

  static WireCheck warn(String wire, String detail) {
    return new WireCheck(wire, Grade.WARN, detail, 0);
  }

  static WireCheck fail(String wire, int exitCode, String detail) {
    return new WireCheck(wire, Grade.FAIL, detail, exitCode);
  }
}
