package dev.whorl.sim.firmware;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A card with one file in the printer's slot: M20 to M27. */
final class Card {

  /** What Marlin tells itself when it has read all: the moves are still to be made. */
  static final String DONE = "M1001";

  private final String name;
  private final byte[] file;
  private final Consumer<String> say;
  private boolean open;
  private boolean printing;
  private int at;

  Card(String name, byte[] file, Consumer<String> say) {
    this.name = name.toUpperCase(Locale.ROOT);
    this.file = file;
    this.say = say;
  }

  /** Whether a command is the card's; it has been carried out then. */
  boolean obeys(GcodeLine line) {
    switch (line.code()) {
      case "M20" ->
          List.of("Begin file list", name + " " + file.length, "End file list").forEach(say);
      case "M21" -> say.accept("echo:SD card ok");
      case "M23" -> select(line);
      case "M24" -> printing = open;
      case "M25" -> printing = false;
      case "M26" -> at = Math.max(0, Math.min(file.length, (int) line.value('S', 0)));
      case "M27" ->
          say.accept(
              printing || (open && at > 0)
                  ? "SD printing byte " + at + "/" + file.length
                  : "Not SD printing");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void select(GcodeLine line) {
    String wanted = line.text().substring(3).strip().toUpperCase(Locale.ROOT);
    printing = false;
    open = wanted.equals(name) || wanted.equals("/" + name);
    at = 0;
    if (open) {
      say.accept("echo:Now fresh file: " + name);
      say.accept("File opened: " + name + " Size: " + file.length);
      say.accept("File selected");
    } else {
      say.accept("open failed, File: " + wanted + ".");
    }
  }

  /** All that was on it has been done. */
  void done() {
    open = false;
    at = 0;
    say.accept("Done printing file");
  }

  boolean printing() {
    return printing;
  }

  /** The next command of the file; null when there is none now. */
  @Nullable GcodeLine next() {
    while (printing) {
      if (at >= file.length) {
        printing = false;
        return GcodeLine.of(DONE).fromCard();
      }
      int end = at;
      while (end < file.length && file[end] != '\n') {
        end++;
      }
      String text = new String(file, at, end - at, StandardCharsets.ISO_8859_1);
      at = Math.min(file.length, end + 1);
      int comment = text.indexOf(';');
      String command = (comment < 0 ? text : text.substring(0, comment)).strip();
      if (!command.isEmpty()) {
        return GcodeLine.of(command).fromCard();
      }
    }
    return null;
  }
}
