package dev.whorl.hardware.serial;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The least of a Marlin at the far end of a pseudo-terminal: numbers, checksums, one `ok` each. */
final class PrinterAtPseudoTerminal implements AutoCloseable {

  final FarEnd pty = new FarEnd();
  final List<String> executed = new CopyOnWriteArrayList<>();

  /** Commands of which the next arrival is taken for damaged. */
  final Set<String> damaged = ConcurrentHashMap.newKeySet();

  /** Commands whose `ok` gets lost once. */
  final Set<String> unanswered = ConcurrentHashMap.newKeySet();

  private volatile boolean running = true;
  private int last;
  private final Thread thread = new Thread(this::run, "printer-at-pty");

  PrinterAtPseudoTerminal() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    StringBuilder text = new StringBuilder();
    while (running) {
      try {
        text.append(pty.read(20));
      } catch (IOException | RuntimeException e) {
        // EIO for as long as nobody has opened the other end.
        continue;
      }
      int end;
      while ((end = text.indexOf("\n")) >= 0) {
        String line = text.substring(0, end);
        text.delete(0, end + 1);
        if (line.startsWith("N")) {
          numbered(line);
        } else if (!line.isBlank()) {
          execute(line);
        }
      }
    }
  }

  private void numbered(String line) {
    int number = Integer.parseInt(line.substring(1, line.indexOf(' ')));
    String command = line.substring(line.indexOf(' ') + 1, line.lastIndexOf('*'));
    if (damaged.remove(command)) {
      refuse("checksum mismatch");
    } else if (command.startsWith("M110")) {
      last = number;
      pty.write("ok\n");
    } else if (number == last + 1) {
      last = number;
      execute(command);
    } else if (number < last - 1 || number > last) {
      refuse("Line Number is not Last Line Number+1");
    }
  }

  private void refuse(String why) {
    pty.write("Error:" + why + ", Last Line: " + last + "\nResend: " + (last + 1) + "\nok\n");
  }

  private void execute(String command) {
    executed.add(command);
    if (command.equals("M115")) {
      pty.write("FIRMWARE_NAME:Marlin 2.1.2 MACHINE_TYPE:Pty\n");
    }
    if (!unanswered.remove(command)) {
      pty.write(command.equals("M105") ? "ok T:20.0 /0.0 B:20.0 /0.0 @:0 B@:0\n" : "ok\n");
    }
  }

  @Override
  public void close() throws InterruptedException {
    running = false;
    thread.join(2000);
    pty.close();
  }
}
