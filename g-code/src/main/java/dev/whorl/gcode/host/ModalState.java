package dev.whorl.gcode.host;

import dev.whorl.gcode.link.Dialect;
import dev.whorl.gcode.link.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a host set that stays in force: units, absolute or relative, the feed rate, the tool. Known
 * from a start of the printer on, or once the host has said it.
 */
public final class ModalState {

  /** Commands of which the last one holds, sent again as they were. */
  private static final List<String> KEPT =
      List.of("M106", "M113", "M154", "M155", "M220", "M221", "M420");

  /** Of these, what the link itself relies on: how often the printer says busy, and how warm. */
  private static final Map<String, String> REPORTS = Map.of("M113", "M113 S2", "M155", "M155 S2");

  /** What a host takes for granted once a printer has said {@code start}. */
  private static final List<String> AFTER_A_START =
      List.of("G21", "G90", "M82", "G92 E0", "M220 S100", "M221 S100", "M107");

  private Dialect dialect = Dialect.GENERIC;

  private @Nullable Boolean relative;
  private @Nullable Boolean relativeE;
  private @Nullable Boolean inches;
  private @Nullable Double feedPerMin;
  private @Nullable String tool;
  private @Nullable Double ePosition;
  private boolean homed;
  private boolean moved;
  private boolean shifted;
  private final Map<String, String> kept = new TreeMap<>();

  /** Nothing is known: the printer was found running. */
  public ModalState() {}

  ModalState copy() {
    ModalState copy = new ModalState();
    copy.dialect = dialect;
    copy.relative = relative;
    copy.relativeE = relativeE;
    copy.inches = inches;
    copy.feedPerMin = feedPerMin;
    copy.tool = tool;
    copy.ePosition = ePosition;
    copy.homed = homed;
    copy.moved = moved;
    copy.shifted = shifted;
    copy.kept.putAll(kept);
    return copy;
  }

  void dialect(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The printer restarted: its firmware's defaults hold. */
  void restart() {
    relative = false;
    relativeE = false;
    inches = false;
    feedPerMin = null;
    tool = null;
    ePosition = 0.0;
    homed = false;
    moved = false;
    shifted = false;
    kept.clear();
  }

  /** A command goes to the printer. */
  void sent(String command) {
    GcodeWord word = GcodeWord.of(command);
    String code = word.code();
    switch (code) {
      case "G90" -> setRelative(false);
      case "G91" -> setRelative(true);
      case "M82" -> relativeE = false;
      case "M83" -> relativeE = true;
      case "G20" -> inches = true;
      case "G21" -> inches = false;
      case "G0", "G1", "G2", "G3", "G5" -> moves(word);
      case "G28" -> {
        homed = true;
        moved = true;
        shifted = false;
      }
      case "G92" -> {
        shifted |= word.has('X') || word.has('Y') || word.has('Z');
        ePosition = word.has('E') ? Double.valueOf(word.value('E', 0)) : ePosition;
      }
      case "M18", "M84" -> homed = false;
      case "M107" -> kept.remove("M106");
      default -> {
        if (code.startsWith("T")) {
          tool = code;
        } else if (KEPT.contains(code)) {
          kept.put(code, command);
        }
      }
    }
  }

  /** Marlin's G90 and G91 are for the extruder, too; those of the others are not. */
  private void setRelative(boolean relative) {
    this.relative = relative;
    if (dialect == Dialect.MARLIN || dialect == Dialect.GENERIC) {
      relativeE = relative;
    }
  }

  /** Klipper's extruder is relative where either says so. */
  private @Nullable Boolean extrudesRelatively() {
    return dialect == Dialect.KLIPPER && Boolean.TRUE.equals(relative) ? Boolean.TRUE : relativeE;
  }

  private void moves(GcodeWord word) {
    moved = true;
    if (word.has('F')) {
      feedPerMin = word.value('F', 0);
    }
    if (word.has('E')) {
      double e = word.value('E', 0);
      Double before = ePosition;
      Boolean byHowMuch = extrudesRelatively();
      if (Boolean.FALSE.equals(byHowMuch)) {
        ePosition = e;
      } else {
        ePosition = byHowMuch == null || before == null ? null : Double.valueOf(before + e);
      }
    }
  }

  /** Whether this move pushes filament, as far as is known. */
  boolean pushes(GcodeWord move) {
    if (!move.has('E')) {
      return false;
    }
    double e = move.value('E', 0);
    Double before = ePosition;
    Boolean byHowMuch = extrudesRelatively();
    if (Boolean.TRUE.equals(byHowMuch)) {
      return e > 0;
    }
    return byHowMuch == null || before == null || e > before;
  }

  /** Whether the host has homed the printer and not let go of the motors since. */
  public boolean isHomed() {
    return homed;
  }

  /** Why a host cannot be given back what it set; empty when it can. */
  public Optional<String> unknown() {
    if (!moved) {
      return Optional.empty();
    }
    // Units are millimetres where no host has ever said otherwise.
    if (relative == null || relativeE == null) {
      return Optional.of(
          "the host moved the printer before it said whether by how far or where to");
    }
    return shifted ? Optional.of("the host shifted the coordinates (G92)") : Optional.empty();
  }

  /** What makes a printer as it is after a start, for a host that is told {@code start}. */
  public static List<String> asAfterAStart() {
    return AFTER_A_START;
  }

  /** What undoes a host's choice of the reports that this program relies on, for its own job. */
  public List<String> ownReports() {
    List<String> commands = new ArrayList<>();
    REPORTS.forEach(
        (code, own) -> {
          if (kept.containsKey(code)) {
            commands.add(own);
          }
        });
    return List.copyOf(commands);
  }

  /**
   * What gives the host back its state after another job.
   *
   * @param before where the nozzle was, null where that is not known or was not homed
   * @param nowZMm how high it is now: it goes back no lower than that until it is above the place
   */
  public List<String> restore(@Nullable Position before, double nowZMm) {
    List<String> commands = new ArrayList<>();
    commands.add("G21");
    commands.add("G90");
    if (tool != null) {
      commands.add(tool);
    }
    if (before != null && homed) {
      commands.add(mm("G0 Z%.3f F600", Math.max(before.zMm(), nowZMm)));
      commands.add(mm("G0 X%.3f Y%.3f F3000", before.xMm(), before.yMm()));
      commands.add(mm("G0 Z%.3f F600", before.zMm()));
    }
    commands.addAll(kept.values());
    commands.add(Boolean.TRUE.equals(inches) ? "G20" : "G21");
    Double e = ePosition;
    if (e != null) {
      commands.add(String.format(Locale.ROOT, "G92 E%.5f", e));
    }
    commands.add(Boolean.TRUE.equals(relative) ? "G91" : "G90");
    commands.add(Boolean.TRUE.equals(relativeE) ? "M83" : "M82");
    Double feed = feedPerMin;
    if (feed != null) {
      commands.add(String.format(Locale.ROOT, "G0 F%.3f", feed));
    }
    return List.copyOf(commands);
  }

  private static String mm(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
