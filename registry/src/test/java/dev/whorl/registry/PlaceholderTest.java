package dev.whorl.registry;

import org.junit.jupiter.api.Test;

class PlaceholderTest {
  @Test
  void shouldCompile() {}
}
