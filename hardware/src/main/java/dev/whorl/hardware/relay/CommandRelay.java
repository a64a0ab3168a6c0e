package dev.whorl.hardware.relay;

import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Relay;
import dev.whorl.hardware.process.BoundedProcess;
import java.util.List;

/**
 * A relay or a switched socket that any program drives: it is run with {@code {power}} replaced by
 * {@code on} or {@code off} and must end with exit code 0 when that is done.
 */
public final class CommandRelay implements Relay {
  /** A socket on the network answers within a second or two, or is not there. */
  static final int TIMEOUT_MS = 5000;

  /** A cut is tried again at once: radio sockets lose a command now and then. */
  private static final int ATTEMPTS = 2;

  private static final String POWER = "{power}";

  private final List<String> argv;

  /**
   * @throws HardwareException when argv is empty or nowhere says {@code {power}}
   */
  public CommandRelay(List<String> argv) throws HardwareException {
    if (argv.isEmpty() || argv.stream().noneMatch(a -> a.contains(POWER))) {
      throw new HardwareException(
          "relay.command: needs a program and an argument with {power}, which becomes on or off");
    }
    this.argv = List.copyOf(argv);
  }

  @Override
  public boolean present() {
    return true;
  }

  @Override
  public void powerOff() throws HardwareException {
    for (int attempt = 1; ; attempt++) {
      try {
        run("off");
        return;
      } catch (HardwareException e) {
        if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
  }

  @Override
  public void powerOn() throws HardwareException {
    run("on");
  }

  private void run(String power) throws HardwareException {
    BoundedProcess.run(
        "relay.command", argv.stream().map(a -> a.replace(POWER, power)).toList(), TIMEOUT_MS);
  }

  @Override
  public String describe() {
    return "command " + argv.get(0);
  }

  @Override
  public void close() {}
}
