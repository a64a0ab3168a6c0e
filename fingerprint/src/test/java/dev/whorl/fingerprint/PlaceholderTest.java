package dev.whorl.fingerprint;

import org.junit.jupiter.api.Test;

class PlaceholderTest {
  @Test
  void shouldCompile() {}
}
