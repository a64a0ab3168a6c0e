package dev.whorl.hardware;

import org.junit.jupiter.api.Test;

class PlaceholderTest {
  @Test
  void shouldCompile() {}
}
