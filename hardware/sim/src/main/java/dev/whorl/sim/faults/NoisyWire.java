package dev.whorl.sim.faults;

import dev.whorl.sim.pty.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A wire on which bytes come to harm on their way. */
final class NoisyWire implements Wire {

  private final Wire wire;
  private final List<Noise> in;
  private final List<Noise> out;

  NoisyWire(Wire wire, List<Noise> in, List<Noise> out) {
    this.wire = wire;
    this.in = in;
    this.out = out;
  }

  @Override
  public String address() {
    return wire.address();
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) throws IOException {
    int count = wire.read(buffer, timeoutMs);
    if (count > 0 && !in.isEmpty()) {
      byte[] bytes = Arrays.copyOf(buffer, count);
      for (Noise noise : in) {
        bytes = noise.pass(bytes);
      }
      System.arraycopy(bytes, 0, buffer, 0, count);
    }
    return count;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    byte[] sent = bytes;
    for (Noise noise : out) {
      sent = noise.pass(sent);
    }
    wire.write(sent);
  }

  @Override
  public boolean clear() {
    return wire.clear();
  }

  @Override
  public void close() {
    wire.close();
  }
}
