package dev.whorl.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.agent.run.Entry.HeatAsked;
import dev.whorl.agent.run.Entry.HeatGone;
import dev.whorl.agent.run.Entry.PhaseEntered;
import dev.whorl.agent.run.Entry.SlotMarked;
import dev.whorl.agent.run.Entry.SlotsForgotten;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant AT = Instant.parse("2026-11-24T20:00:00Z");
  private static final List<Entry> ENTRIES =
      List.of(
          new SlotMarked(AT, "80.000,40.000", SlotState.CLEAR, "a person"),
          new PhaseEntered(AT, Phase.AWAIT_BED, "r1", null, "asked for at the keyboard"),
          new HeatAsked(AT, 210, 60),
          new PhaseEntered(AT, Phase.PRINT, "r1", "80.000,40.000", "naïve – ünïcödé"),
          new HeatGone(AT),
          new SlotsForgotten(AT, "the printer was reset"),
          new Entry.BedCleared(AT, List.of("80.000,40.000", "120.000,40.000"), "a person"));

  @TempDir Path dir;

  private Path write() throws Exception {
    Path file = dir.resolve("journal");
    Files.deleteIfExists(file);
    try (Journal journal = Journal.open(file).journal()) {
      for (Entry entry : ENTRIES) {
        journal.append(entry);
      }
    }
    return file;
  }

  @Test
  void shouldGiveBackWhatWasAppended() throws Exception {
    Journal.Opened opened = Journal.open(write());
    opened.journal().close();

    assertThat(opened.entries()).isEqualTo(ENTRIES);
    assertThat(opened.tornBytes()).isZero();
  }

  @Test
  void shouldKeepEveryWholeEntryWhenTornAtAnyByte() throws Exception {
    byte[] whole = Files.readAllBytes(write());
    for (int cut = 0; cut <= whole.length; cut++) {
      Path file = dir.resolve("torn");
      Files.write(file, Arrays.copyOf(whole, cut));
      int lines = (int) countLines(whole, cut);

      Journal.Opened opened = Journal.open(file);
      opened.journal().append(new HeatGone(AT));
      opened.journal().close();

      assertThat(opened.setAside()).as("cut at %d", cut).isEmpty();
      assertThat(opened.entries()).as("cut at %d", cut).isEqualTo(ENTRIES.subList(0, lines));
      Journal.Opened again = Journal.open(file);
      again.journal().close();
      assertThat(again.entries()).hasSize(lines + 1).endsWith(new HeatGone(AT));
      assertThat(again.tornBytes()).isZero();
    }
  }

  @Test
  void shouldCutOffATailOfZerosThatAPowerCutLeft() throws Exception {
    Path file = write();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 4096));

    Journal.Opened opened = Journal.open(file);
    opened.journal().close();

    assertThat(opened.entries()).isEqualTo(ENTRIES);
    assertThat(opened.tornBytes()).isEqualTo(4096);
    assertThat(Files.size(file)).isEqualTo(whole.length);
  }

  @Test
  void shouldSetAsideAJournalDamagedBeforeItsTail() throws Exception {
    Path file = write();
    byte[] bytes = Files.readAllBytes(file);
    bytes[20] ^= 1;
    Files.write(file, bytes);

    Journal.Opened opened = Journal.open(file);
    opened.journal().close();

    assertThat(opened.entries()).isEmpty();
    assertThat(opened.setAside()).contains(dir.resolve("journal.damaged"));
    assertThat(dir.resolve("journal.damaged")).hasBinaryContent(bytes);
  }

  @Test
  void shouldNoticeALostLine() throws Exception {
    Path file = write();
    List<String> lines = Files.readAllLines(file);
    lines.remove(2);
    Files.write(file, lines);

    Journal.Opened opened = Journal.open(file);
    opened.journal().close();

    assertThat(opened.setAside()).isPresent();
  }

  @Test
  void shouldBeginAfreshWithTheSameStateWhenItHasGrownLarge() throws Exception {
    Path file = dir.resolve("journal");
    String detail = "x".repeat(64 * 1024);
    try (Journal journal = Journal.open(file).journal()) {
      for (int i = 0; i < 17; i++) {
        journal.append(new PhaseEntered(AT, Phase.IDLE, "r" + i, null, detail));
      }
      journal.append(new SlotMarked(AT, "80.000,40.000", SlotState.OCCUPIED, "r16"));
      journal.append(new HeatAsked(AT, 200, 50));
    }
    Journal.Opened opened = Journal.open(file);
    opened.journal().append(new HeatGone(AT));
    opened.journal().close();

    assertThat(Files.size(file)).isLessThan(Journal.COMPACT_ABOVE_BYTES / 8);
    Journal.Opened again = Journal.open(file);
    again.journal().close();
    RunState state = RunState.of(again.entries());
    assertThat(state.run()).isEqualTo("r16");
    assertThat(state.hot()).isFalse();
    assertThat(state.slots().get("80.000,40.000").state()).isEqualTo(SlotState.OCCUPIED);
  }

  private static long countLines(byte[] bytes, int length) {
    long lines = 0;
    for (int i = 0; i < length; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    return lines;
  }
}
