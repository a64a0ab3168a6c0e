package dev.whorl.gcode.host;

import java.util.List;

/**
 * A host's command on its way.
 *
 * @param host which of the hosts that came one after the other sent it
 * @param text for the printer; empty when it is answered here
 * @param number under which it went to the printer, 0 before
 * @param answer what the host is told in its turn, where it is answered here
 */
record HostCommand(int host, String text, int number, List<String> answer) {

  /** What a waiting command counts for besides its characters. */
  static final int OVERHEAD = 16;

  static HostCommand of(int host, String text) {
    return new HostCommand(host, text, 0, List.of());
  }

  static HostCommand answered(int host, String... answer) {
    return new HostCommand(host, "", 0, List.of(answer));
  }

  boolean isAnsweredHere() {
    return text.isEmpty();
  }

  HostCommand under(int number) {
    return new HostCommand(host, text, number, answer);
  }

  int cost() {
    return text.length() + OVERHEAD;
  }
}
