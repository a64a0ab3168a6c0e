package dev.whorl.sim.pty;

import dev.whorl.hardware.pty.PseudoTerminal;
import java.io.IOException;
import java.util.Arrays;

/**
 * A printer's end of a pseudo-terminal: what nobody takes is lost. A host that opens late still
 * reads what was said before, up to the kernel's 4 KiB or so.
 */
public final class PtyWire implements Wire {

  private final PseudoTerminal terminal;
  private boolean deaf;

  private PtyWire(PseudoTerminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Opens a new pseudo-terminal.
   *
   * @throws IOException when the system has none
   */
  public static PtyWire open() throws IOException {
    return new PtyWire(PseudoTerminal.open());
  }

  @Override
  public String address() {
    return terminal.address();
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) throws IOException {
    return terminal.read(buffer, timeoutMs);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    int sent = terminal.write(bytes);
    deaf &= sent == 0;
    while (sent < bytes.length && !deaf) {
      int taken =
          terminal.awaitRoom(PATIENCE_MS)
              ? terminal.write(Arrays.copyOfRange(bytes, sent, bytes.length))
              : 0;
      sent += taken;
      deaf = taken == 0;
    }
  }

  @Override
  public void close() {
    terminal.close();
  }
}
