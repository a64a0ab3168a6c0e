package dev.whorl.gcode.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestsTest {

  private final Requests requests = new Requests();

  /** 300 lines done, four under way, 64 kept. */
  private final Requests.Account account = new Requests.Account(300, 305, 241);

  @Test
  void shouldEndTheStreamAtTheTenthRequestThoughNoneCouldBeAnswered() {
    for (int i = 0; i < 9; i++) {
      assertThat(requests.asked(302, false, 4, account)).isNull();
    }
    assertThat(requests.asked(302, false, 4, account)).hasMessageContaining("asked 10 times");
  }

  @Test
  void shouldAllowACopyForEachLineUnderWayAndEachOfThemTwice() {
    for (int i = 0; i < 17; i++) {
      assertThat(requests.asked(302, false, 8, account)).isNull();
    }
    assertThat(requests.asked(302, false, 8, account)).isNotNull();
  }

  @Test
  void shouldEndTheStreamAtOnceForALineLongDone() {
    assertThat(requests.asked(1, false, 4, account)).hasMessageContaining("lost count");
  }

  @Test
  void shouldDoubtANumberThatADamagedDigitExplains() {
    assertThat(requests.asked(102, false, 4, account)).isNull();
    assertThat(requests.asked(902, false, 4, account)).isNull();
  }

  @Test
  void shouldBelieveALostCountThatIsSaidBothWays() {
    assertThat(requests.asked(102, true, 4, account)).isNull();
    assertThat(requests.asked(102, false, 4, account)).hasMessageContaining("lost count");
  }

  @Test
  void shouldTakeTheNumberThatIsPossibleOfTwo() {
    requests.asked(302, true, 4, account);
    requests.asked(902, false, 4, account);
    assertThat(requests.take(account)).isEqualTo(302);
    assertThat(requests.pending()).isFalse();
  }

  @Test
  void shouldCountAnewAfterCertainProgress() {
    for (int i = 0; i < 9; i++) {
      requests.asked(302, false, 4, account);
    }
    requests.progress(302);
    assertThat(requests.asked(302, false, 4, account)).isNull();
  }
}
