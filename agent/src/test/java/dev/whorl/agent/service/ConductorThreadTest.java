package dev.whorl.agent.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConductorThreadTest {
  @Test
  void shouldThrowWhereItIsWaitedForWhateverTheStepsThrow() {
    assertThatThrownBy(
            () ->
                ConductorThread.run(
                    () -> {
                      throw new OutOfMemoryError("in a test");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(
            () ->
                ConductorThread.run(
                    () -> {
                      throw new IllegalStateException("in a test");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }
}
