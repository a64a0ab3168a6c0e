package dev.whorl.bench.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small share of the bench, and what it calls the same. */
@Timeout(120)
class LinkBenchTest {

  private static final double SHARE = 0.03;

  @TempDir private Path folder;

  private List<Finding> look(Item item) throws Exception {
    return item.look(new Bench(folder, SHARE, 1, said -> {}));
  }

  @Test
  void shouldFindNothingLeftOverWhenTheCableIsPulledAndPutBack() throws Exception {
    Finding found = look(new Replug()).get(0);

    assertThat(found.figures())
        .containsEntry("cycles", 6)
        .containsEntry("threads_left", 0)
        .containsEntry("descriptors_left", 0);
    assertThat((double) found.figures().get("close_ms")).isLessThan(1000);
  }

  @Test
  void shouldHearWhatComesAfterNoiseInAHeapThatCouldNotHoldIt() throws Exception {
    // All of it: the heap must be the smaller.
    Finding found = new Noise().look(new Bench(folder, 1, 1, said -> {})).get(0);

    assertThat(found.met()).as(found.measured()).isTrue();
  }

  @Test
  void shouldTellWhatWasDoneTwiceLeftOutOrAltered() {
    List<String> program = CheapProgram.ofLines(4);
    List<String> executed = new ArrayList<>(List.of("M110 N0", "M105"));
    executed.addAll(program);

    assertThat(Executed.of(program, executed).identical()).isTrue();

    executed.add(program.get(1));
    executed.set(2, "G92 X0");
    assertThat(Executed.of(program, executed)).isEqualTo(new Executed(false, 1, 1, 1));

    List<String> swapped = List.of(program.get(1), program.get(0), program.get(2), program.get(3));
    assertThat(Executed.of(program, swapped)).isEqualTo(new Executed(false, 0, 0, 0));
  }

  @Test
  void shouldCountTheBytesOfALineAsItIsSent() {
    // N1 G92*19 and its line feed
    assertThat(CheapProgram.bytesPerLine(List.of("G92"))).isEqualTo(10);
  }
}
