package dev.whorl.common.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the line on which every key of a TOML text stands. Jackson's TOML reader checks the text
 * and gives the values but no locations, so this scan runs after it and may take the text for valid
 * TOML. Paths are written {@code table.key} and {@code table.list[0].key}.
 */
final class KeyLines {
  private final String text;
  private final Map<String, Integer> lineOfPath = new HashMap<>();
  private final Map<String, Integer> tablesInArray = new HashMap<>();
  private int at;
  private int line = 1;
  private String table = "";

  private KeyLines(String text) {
    this.text = text;
  }

  /** The line (from 1) of every key's path. */
  static Map<String, Integer> of(String toml) {
    KeyLines lines = new KeyLines(toml);
    lines.document();
    return lines.lineOfPath;
  }

  private void document() {
    for (skipBlank(true); at < text.length(); skipBlank(true)) {
      if (peek() == '[') {
        header();
      } else {
        keyValue(table);
      }
    }
  }

  private void header() {
    int headerLine = line;
    boolean array = text.startsWith("[[", at);
    at += array ? 2 : 1;
    List<String> key = key();
    at += array ? 2 : 1;
    String path = "";
    for (int i = 0; i < key.size(); i++) {
      path = join(path, key.get(i));
      boolean last = i == key.size() - 1;
      if (last && array) {
        lineOfPath.putIfAbsent(path, headerLine);
        int index = tablesInArray.merge(path, 1, Integer::sum) - 1;
        path += "[" + index + "]";
      } else if (tablesInArray.containsKey(path)) {
        path += "[" + (tablesInArray.getOrDefault(path, 1) - 1) + "]";
      }
      lineOfPath.putIfAbsent(path, headerLine);
    }
    table = path;
  }

  private void keyValue(String parent) {
    int keyLine = line;
    String path = parent;
    for (String part : key()) {
      path = join(path, part);
      lineOfPath.putIfAbsent(path, keyLine);
    }
    at++; // the equals sign
    skipBlank(false);
    value(path);
  }

  private void value(String path) {
    lineOfPath.putIfAbsent(path, line);
    char c = peek();
    if (c == '"' || c == '\'') {
      string();
    } else if (c == '[') {
      array(path);
    } else if (c == '{') {
      inlineTable(path);
    } else {
      while (at < text.length() && ",]}#\n\r".indexOf(peek()) < 0) {
        at++;
      }
    }
  }

  private void array(String path) {
    at++;
    int index = 0;
    for (skipBlank(true); at < text.length() && peek() != ']'; skipBlank(true)) {
      if (peek() == ',') {
        at++;
      } else {
        value(path + "[" + index++ + "]");
      }
    }
    at++;
  }

  private void inlineTable(String path) {
    at++;
    for (skipBlank(true); at < text.length() && peek() != '}'; skipBlank(true)) {
      if (peek() == ',') {
        at++;
      } else {
        keyValue(path);
      }
    }
    at++;
  }

  private List<String> key() {
    List<String> parts = new ArrayList<>();
    while (true) {
      skipBlank(false);
      if (peek() == '"' || peek() == '\'') {
        parts.add(string());
      } else {
        int start = at;
        while (at < text.length() && " \t.=]\r\n".indexOf(peek()) < 0) {
          at++;
        }
        parts.add(text.substring(start, at));
      }
      skipBlank(false);
      if (peek() != '.') {
        return parts;
      }
      at++;
    }
  }

  private String string() {
    char quote = peek();
    String three = String.valueOf(quote).repeat(3);
    String end = text.startsWith(three, at) ? three : String.valueOf(quote);
    at += end.length();
    int start = at;
    while (at < text.length() && !text.startsWith(end, at)) {
      if (peek() == '\\' && quote == '"') {
        at++;
      }
      if (peek() == '\n') {
        line++;
      }
      at++;
    }
    String content = text.substring(start, Math.min(at, text.length()));
    at += end.length();
    // A multi-line string may end in up to two quotes of its own.
    while (end.length() == 3 && at < text.length() && peek() == quote) {
      at++;
    }
    return content;
  }

  private void skipBlank(boolean overLines) {
    while (at < text.length()) {
      char c = peek();
      if (c == '#' && overLines) {
        while (at < text.length() && peek() != '\n') {
          at++;
        }
      } else if (c == '\n' && overLines) {
        line++;
        at++;
      } else if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else {
        return;
      }
    }
  }

  /** The character here; a line end beyond the text, so that every loop ends. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\n';
  }

  private static String join(String parent, String key) {
    return parent.isEmpty() ? key : parent + "." + key;
  }
}
