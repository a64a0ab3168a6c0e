package dev.whorl.agent.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.whorl.hardware.pty.PseudoTerminal;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * The least of a Marlin at the far end of a pseudo-terminal, for troubles that a simulated printer
 * has not: it obeys at once, until the trouble begins.
 */
final class FarEnd implements AutoCloseable {

  /** What happens instead of what the numbered line asks. */
  interface Trouble {
    void strike(FarEnd printer, int number, String command) throws IOException;
  }

  final PseudoTerminal pty = PseudoTerminal.open();
  final List<String> executed = new CopyOnWriteArrayList<>();
  private final int troubleFrom;
  private final Trouble trouble;
  private final Thread thread = new Thread(this::run, "far end");
  private volatile boolean running = true;
  private volatile boolean deaf;
  private volatile long spokeNanos;
  private boolean hot;
  private boolean over;
  private int last;

  /**
   * @param troubleFrom the first line number that meets the trouble
   */
  FarEnd(int troubleFrom, Trouble trouble) throws IOException {
    this.troubleFrom = troubleFrom;
    this.trouble = trouble;
    thread.setDaemon(true);
    thread.start();
  }

  /** When it last said a part of its trouble, by {@link System#nanoTime}. */
  long spokeNanos() {
    return spokeNanos;
  }

  void say(String text) throws IOException {
    byte[] bytes = text.getBytes(ISO_8859_1);
    while (running && bytes.length > 0) {
      int taken = pty.write(bytes);
      bytes = Arrays.copyOfRange(bytes, taken, bytes.length);
      if (bytes.length > 0 && !pty.awaitRoom(100)) {
        return;
      }
    }
  }

  /** Says a part of the trouble. */
  void sayTrouble(String text) throws IOException {
    spokeNanos = System.nanoTime();
    say(text);
  }

  void restart() {
    last = 0;
    hot = false;
  }

  /** Stops reading for good and goes on acknowledging, until the kernel takes nothing more. */
  void goDeaf() {
    deaf = true;
  }

  private void run() {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[512];
    try {
      while (running) {
        if (deaf) {
          say("ok\n");
          LockSupport.parkNanos(1_000_000);
          continue;
        }
        text.append(new String(buffer, 0, pty.read(buffer, 20), ISO_8859_1));
        for (int end = text.indexOf("\n"); end >= 0 && !deaf; end = text.indexOf("\n")) {
          String line = text.substring(0, end);
          text.delete(0, end + 1);
          if (!line.isBlank()) {
            hear(line);
          }
        }
      }
    } catch (IOException e) {
      running = false;
    }
  }

  private void hear(String line) throws IOException {
    if (!line.startsWith("N")) {
      // Commanded off: the job is given up, and the trouble has had its effect.
      over |= line.equals("M104 S0");
      execute(line);
      return;
    }
    int number = Integer.parseInt(line.substring(1, line.indexOf(' ')));
    String command = line.substring(line.indexOf(' ') + 1, line.lastIndexOf('*'));
    if (command.startsWith("M110")) {
      last = number;
      say("ok\n");
    } else if (number >= troubleFrom && !over) {
      trouble.strike(this, number, command);
    } else {
      last = number;
      execute(command);
    }
  }

  private void execute(String command) throws IOException {
    executed.add(command);
    if (command.matches("M1[04][49]0? S[1-9].*|M190 S[1-9].*")) {
      hot = true;
    } else if (command.matches("M104 S0|M140 S0")) {
      hot = false;
    }
    switch (command) {
      case "M115" ->
          say("FIRMWARE_NAME:Marlin 2.1.2 MACHINE_TYPE:FarEnd\nCap:EMERGENCY_PARSER:1\nok\n");
      case "M105" -> say("ok T:20.0 /" + (hot ? 210 : 0) + ".0 B:20.0 /0.0 @:0 B@:0\n");
      case "M114" -> say("X:10.00 Y:10.00 Z:5.00 E:0.00\nok\n");
      default -> say("ok\n");
    }
  }

  @Override
  public void close() {
    running = false;
    pty.close();
  }
}
