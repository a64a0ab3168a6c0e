package dev.whorl.common;

import org.junit.jupiter.api.Test;

class PlaceholderTest {
  @Test
  void shouldCompile() {}
}
