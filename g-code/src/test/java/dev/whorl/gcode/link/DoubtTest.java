package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubtTest {

  private final Doubt doubt = new Doubt();

  @BeforeEach
  void begin() {
    doubt.sent("G90");
    doubt.sent("M83");
    doubt.ledger().at(new Position(10, 20, 0.3, 5));
  }

  private void lose(String command) {
    doubt.sent(command);
    doubt.begin(new Line(7, command, 20, Line.Kind.WANTED));
  }

  private Doubt.Step stepAfter(double x, double y, double e) {
    assertThat(doubt.step()).isEqualTo(Doubt.Step.ASK);
    doubt.located(new Position(x, y, 0.3, e));
    return doubt.step();
  }

  @Test
  void shouldFindByThePositionThatAMoveWasDone() {
    lose("G1 X30 E0.5");
    assertThat(stepAfter(30, 20, 5.5)).isEqualTo(Doubt.Step.DONE);
  }

  @Test
  void shouldFindByThePositionThatAMoveWasDropped() {
    lose("G1 X30 E0.5");
    assertThat(stepAfter(10, 20, 5)).isEqualTo(Doubt.Step.SEND_AGAIN);
  }

  @Test
  void shouldTellARelativeExtrusionAlone() {
    lose("G1 E-0.8 F2400");
    assertThat(stepAfter(10, 20, 4.2)).isEqualTo(Doubt.Step.DONE);
  }

  @Test
  void shouldAskAgainWhenADigitOfThePositionIsDamaged() {
    lose("G1 X30 E0.5");
    assertThat(stepAfter(70, 20, 5.5)).isEqualTo(Doubt.Step.ASK);
    doubt.located(new Position(30, 20, 0.3, 5.5));
    assertThat(doubt.step()).isEqualTo(Doubt.Step.DONE);
  }

  @Test
  void shouldGiveUpWhenThePrinterIsNowhereItShouldBe() {
    lose("G1 X30 E0.5");
    for (int i = 0; i < 5; i++) {
      assertThat(doubt.step()).isEqualTo(Doubt.Step.ASK);
      doubt.located(new Position(99, 99, 0.3, 5));
    }
    assertThat(doubt.step()).isEqualTo(Doubt.Step.GIVE_UP);
  }

  @ParameterizedTest
  @CsvSource({
    "M204 S500,SEND_AGAIN",
    "M104 S210,SEND_AGAIN",
    "G28,SEND_AGAIN",
    "G92 E5,SEND_AGAIN",
    "G1 X10 Y20,SEND_AGAIN",
    "M120,GIVE_UP",
    "T1,GIVE_UP"
  })
  void shouldSendAgainWhatDoesNoHarmTwice(String command, Doubt.Step step) {
    lose(command);
    assertThat(doubt.step()).isEqualTo(step);
  }

  @Test
  void shouldNotMoveTwiceByAnUnknownAmount() {
    doubt.sent("G28");
    doubt.sent("G91");
    lose("G1 X5");
    assertThat(doubt.step()).isEqualTo(Doubt.Step.GIVE_UP);
  }

  @Test
  void shouldTakeADamagedReplyForTheOkOfACommandThatMovesNothing() {
    doubt.sent("M120");
    doubt.heardNoise();
    doubt.begin(new Line(7, "M120", 20, Line.Kind.WANTED));
    assertThat(doubt.step()).isEqualTo(Doubt.Step.DONE);
  }

  @Test
  void shouldTakeADamagedReplyBeforeAnyPokeForTheOkHoweverManyPokesGetLost() {
    doubt.sent("M120");
    doubt.heardNoise();
    doubt.poked();
    doubt.poked();
    doubt.poked();
    doubt.begin(new Line(7, "M120", 20, Line.Kind.WANTED));
    assertThat(doubt.step()).isEqualTo(Doubt.Step.DONE);
  }

  @Test
  void shouldNotTakeTheDamagedAnswerToAPokeForAnOk() {
    doubt.sent("M120");
    doubt.poked();
    doubt.heardNoise();
    doubt.poked();
    doubt.begin(new Line(7, "M120", 20, Line.Kind.WANTED));
    assertThat(doubt.step()).isEqualTo(Doubt.Step.GIVE_UP);
  }
}
