package dev.whorl.agent.run;

import dev.whorl.agent.config.PrinterConfig;
import dev.whorl.gcode.Program;
import dev.whorl.gcode.ProgramLine;
import dev.whorl.gcode.SerialLine;
import dev.whorl.gcode.link.BedMesh;
import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.LinkException;
import dev.whorl.gcode.link.LinkListener;
import dev.whorl.gcode.link.LinkSettings;
import dev.whorl.gcode.link.Position;
import dev.whorl.gcode.link.PrinterLink;
import dev.whorl.gcode.link.StreamProgress;
import dev.whorl.gcode.link.Temperatures;
import dev.whorl.gcode.link.TimeSource;
import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.serial.SerialLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The printer at the config's port, or one whose link is another's and outlives the session. */
public class LinkedPrinter implements PrinterSession {
  /** A large bed with a slow probe. */
  private static final Duration HOMING = Duration.ofMinutes(5);

  private static final Duration MOVE = Duration.ofMinutes(2);

  /** Leisurely, so that the coupon stays where it is and the camera does not shake. */
  private static final int TRAVEL_MM_PER_MIN = 6000;

  /** What any Z axis can do. */
  private static final int LIFT_MM_PER_MIN = 300;

  private final PrinterLink link;
  private final Hello hello;

  /** A printer that was greeted over a link that somebody else opened, and closes. */
  protected LinkedPrinter(PrinterLink link, Hello hello) {
    this.link = link;
    this.hello = hello;
  }

  /**
   * Opens the port.
   *
   * @param firstWords a line to say before anything else, for a printer that has stopped for good;
   *     empty for none
   */
  public static PrinterLink link(PrinterConfig config, LinkListener listener, String firstWords)
      throws HardwareException {
    LinkSettings settings = config.baud() == 0 ? LinkSettings.AUTO : LinkSettings.at(config.baud());
    SerialLine line = SerialLines.open(config.port(), settings.bauds().get(0));
    if (!firstWords.isEmpty()) {
      byte[] words = ("\n" + firstWords + "\n").getBytes(StandardCharsets.US_ASCII);
      try {
        line.write(words, 0, words.length);
      } catch (IOException e) {
        line.close();
        throw new HardwareException(config.port() + ": " + e.getMessage(), e);
      }
    }
    return PrinterLink.open(line, settings, listener, TimeSource.SYSTEM);
  }

  /** Opens the port and greets the printer. */
  public static LinkedPrinter open(PrinterConfig config) throws LinkException, HardwareException {
    PrinterLink link = link(config, LinkListener.NONE, "");
    try {
      return new LinkedPrinter(link, link.hello());
    } catch (LinkException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /** Sends one command that moves nothing; what the printer says to it. */
  public List<String> ask(String command) throws LinkException {
    return link.send(command, MOVE);
  }

  @Override
  public Hello hello() {
    return hello;
  }

  @Override
  public void print(Program program, StreamProgress progress) throws LinkException {
    link.stream(program.wireLines().stream().map(ProgramLine::text).toList(), progress);
    link.finishMoves();
  }

  @Override
  public Optional<BedMesh> bedMesh() throws LinkException {
    return link.bedMesh();
  }

  @Override
  public void home() throws LinkException {
    link.send("G28", HOMING);
  }

  @Override
  public Position position() throws LinkException {
    return link.position();
  }

  @Override
  public Position moveTo(double xMm, double yMm, double zMm) throws LinkException {
    link.send("G90", MOVE);
    link.send(String.format(Locale.ROOT, "G0 Z%.3f F%d", zMm, LIFT_MM_PER_MIN), MOVE);
    link.send(String.format(Locale.ROOT, "G0 X%.3f Y%.3f F%d", xMm, yMm, TRAVEL_MM_PER_MIN), MOVE);
    return link.position();
  }

  @Override
  public Temperatures temperatures() throws LinkException {
    return link.temperatures();
  }

  @Override
  public void heatersOff() throws LinkException {
    link.heatersOff();
  }

  @Override
  public void emergencyStop() throws LinkException {
    link.emergencyStop();
  }

  @Override
  public void abort() {
    link.abort();
  }

  @Override
  public void close() throws LinkException {
    link.close();
  }
}
