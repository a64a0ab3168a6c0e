package dev.whorl.agent.report;

/** Which of the two fingerprints a line is of; the word is its class in {@code report.css}. */
enum Series {
  /** What was judged before, drawn first so that the other lies above it. */
  EARLIER("earlier"),
  /** The one the page is about. */
  PROBE("probe");

  private final String word;

  Series(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
