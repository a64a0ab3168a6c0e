package dev.whorl.common.settings;

import java.util.Collection;
import java.util.Optional;

/** Finds the key that was probably meant. */
final class NearestKey {
  private NearestKey() {}

  /** The known key with the fewest edits, if they are at most half of the key's length. */
  static Optional<String> to(String wrong, Collection<String> known) {
    String best = null;
    int bestEdits = Math.max(1, wrong.length() / 2) + 1;
    for (String candidate : known) {
      int edits = edits(wrong, candidate);
      if (edits < bestEdits) {
        best = candidate;
        bestEdits = edits;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
