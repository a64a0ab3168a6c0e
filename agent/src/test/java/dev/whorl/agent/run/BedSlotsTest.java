package dev.whorl.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.agent.run.Entry.SlotMarked;
import dev.whorl.agent.run.Entry.SlotsForgotten;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BedSlotsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T20:00:00Z");
  private static final Slot LEFT = new Slot(80, 40);
  private static final Slot RIGHT = new Slot(120, 40);
  private final BedSlots slots = new BedSlots(List.of(LEFT, RIGHT), 34);

  private static RunState marked(Slot slot, SlotState state, Instant at) {
    return RunState.EMPTY.after(new SlotMarked(at, slot.name(), state, "a person"));
  }

  @Test
  void shouldKnowNothingOfABedNobodySpokeOf() {
    assertThat(slots.firstClear(RunState.EMPTY, NOW)).isEmpty();
    assertThat(slots.states(RunState.EMPTY, NOW).values())
        .containsExactly(SlotState.UNKNOWN, SlotState.UNKNOWN);
    assertThat(slots.neverTold(RunState.EMPTY)).isTrue();
  }

  @Test
  void shouldForgetAClearingAfterADay() {
    RunState cleared = marked(RIGHT, SlotState.CLEAR, NOW);

    assertThat(slots.firstClear(cleared, NOW.plus(Duration.ofHours(24)))).contains(RIGHT);
    assertThat(slots.firstClear(cleared, NOW.plus(Duration.ofHours(24)).plusMillis(1))).isEmpty();
  }

  @Test
  void shouldNeverForgetWhatLiesOnTheBed() {
    RunState occupied = marked(LEFT, SlotState.OCCUPIED, NOW);

    assertThat(slots.state(LEFT, occupied, NOW.plus(Duration.ofDays(400))))
        .isEqualTo(SlotState.OCCUPIED);
  }

  @Test
  void shouldForgetEverythingWhenSomeoneElseUsedThePrinter() {
    RunState state =
        marked(LEFT, SlotState.CLEAR, NOW).after(new SlotsForgotten(NOW, "a host printed"));

    assertThat(slots.state(LEFT, state, NOW)).isEqualTo(SlotState.UNKNOWN);
    assertThat(slots.neverTold(state)).isFalse();
  }

  @Test
  void shouldRefuseToProbeOverWhatIsNotFree() {
    RunState occupied = marked(LEFT, SlotState.OCCUPIED, NOW);

    assertThat(slots.inTheWayOfProbing(78, 60, occupied, NOW)).contains(LEFT);
    assertThat(slots.inTheWayOfProbing(10, 10, occupied, NOW)).isEmpty();
  }
}
