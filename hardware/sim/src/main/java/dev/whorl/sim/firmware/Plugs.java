package dev.whorl.sim.firmware;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a firmware is plugged into.
 *
 * @param say takes a line for the host, without its line break
 * @param clock the printer's time
 * @param mechanics what it drives
 * @param hotend as warm as it is
 * @param bed as warm as it is
 * @param settled called when all motion has ended at the host's wish, before the host is told
 * @param restart called when it wants to start afresh
 * @param receiveBytes how many bytes from the host wait to be read; more are lost
 * @param executed is told of each command executed; what is unknown, refused or obeyed on arrival
 *     is none
 * @param mishaps what befalls it
 * @param card name and content of the file on its card
 */
public record Plugs(
    Consumer<String> say,
    VirtualClock clock,
    Mechanics mechanics,
    Heater hotend,
    Heater bed,
    Runnable settled,
    Runnable restart,
    int receiveBytes,
    Consumer<String> executed,
    Mishaps mishaps,
    @Nullable CardFile card) {

  /** A file on a card. */
  public record CardFile(String name, byte[] content) {
    /** Of a file on this machine. */
    public static CardFile of(Path path, byte[] content) {
      return new CardFile(String.valueOf(path.getFileName()), content);
    }
  }
}
