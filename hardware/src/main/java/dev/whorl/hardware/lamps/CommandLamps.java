package dev.whorl.hardware.lamps;

import dev.whorl.hardware.Exposure;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.Lamps;
import dev.whorl.hardware.process.BoundedProcess;
import java.util.List;

/**
 * Lamps that any program switches: it is run with {@code {lamp}} replaced by the lamp's name, or by
 * {@code dark} to put out all.
 */
public final class CommandLamps implements Lamps {
  private static final int TIMEOUT_MS = 5000;

  private final List<String> argv;

  /**
   * @throws HardwareException when argv is empty or nowhere says {@code {lamp}}
   */
  public CommandLamps(List<String> argv) throws HardwareException {
    if (argv.isEmpty() || argv.stream().noneMatch(a -> a.contains("{lamp}"))) {
      throw new HardwareException(
          "lamps.command: needs a program and an argument with {lamp}, the lamp to light");
    }
    this.argv = List.copyOf(argv);
  }

  @Override
  public void on(String lamp) throws HardwareException {
    run(lamp);
  }

  @Override
  public void allOff() throws HardwareException {
    run(Exposure.DARK);
  }

  private void run(String lamp) throws HardwareException {
    BoundedProcess.run(
        "lamps.command", argv.stream().map(a -> a.replace("{lamp}", lamp)).toList(), TIMEOUT_MS);
  }

  @Override
  public String describe() {
    return "command " + argv.get(0);
  }

  @Override
  public void close() {
    try {
      allOff();
    } catch (HardwareException e) {
      System.getLogger(CommandLamps.class.getName()).log(System.Logger.Level.ERROR, e.getMessage());
    }
  }
}
