package dev.whorl.sim;

import org.junit.jupiter.api.Test;

class PlaceholderTest {
  @Test
  void shouldCompile() {}
}
