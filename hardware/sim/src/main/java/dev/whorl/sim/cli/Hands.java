package dev.whorl.sim.cli;

import dev.whorl.sim.machine.Service;
import dev.whorl.sim.printer.SimulatedPrinter;
import dev.whorl.sim.printer.Works;
import dev.whorl.sim.pty.Socket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a person's hands do to the printer, one line of text each and one line in answer: {@code ok
 * ...} or {@code error ...}. The end of the text ends nothing: the printer goes on.
 */
final class Hands implements Runnable {

  private final BufferedReader in;
  private final PrintStream out;
  private final SimulatedPrinter printer;
  private final Works works;
  private final @Nullable Socket socket;

  /**
   * For a printer.
   *
   * @param socket what its cable is in; null where there is none to pull
   */
  Hands(
      BufferedReader in,
      PrintStream out,
      SimulatedPrinter printer,
      Works works,
      @Nullable Socket socket) {
    this.in = in;
    this.out = out;
    this.printer = printer;
    this.works = works;
    this.socket = socket;
  }

  @Override
  public void run() {
    try {
      String line = in.readLine();
      while (line != null) {
        if (!line.isBlank()) {
          obey(line.strip().split("\\s+"));
        }
        line = in.readLine();
      }
    } catch (IOException e) {
      answer("error standard input failed: " + e.getMessage());
    }
  }

  private void obey(String[] words) {
    String verb = words[0];
    switch (verb) {
      case "clear" -> hand(() -> answer("ok cleared " + works.clear()));
      case "age" -> age(words);
      case "service" -> service(words);
      case "power-cycle" ->
          hand(
              () -> {
                printer.powerCycle();
                answer("ok power-cycled");
              });
      case "power" -> power(words);
      case "unplug", "plug" -> cable(verb.equals("plug"));
      case "overruns" -> hand(() -> answer("ok overruns " + printer.overruns()));
      case "quit" ->
          hand(
              () -> {
                answer("ok bye");
                printer.stop();
              });
      default ->
          refuse(
              "error no such thing to do: "
                  + verb
                  + "; there is clear, age DAYS, service PART, power on|off, power-cycle, unplug, plug,"
                  + " overruns, quit");
    }
  }

  private void power(String[] words) {
    boolean on = words.length == 2 && words[1].equals("on");
    if (!on && !(words.length == 2 && words[1].equals("off"))) {
      refuse("error power needs on or off");
      return;
    }
    hand(
        () -> {
          printer.power(on);
          answer("ok power " + words[1]);
        });
  }

  private void cable(boolean in) {
    Socket cable = socket;
    if (cable == null) {
      refuse("error there is no cable to pull on a TCP port");
      return;
    }
    hand(
        () -> {
          try {
            if (in) {
              cable.plug();
            } else {
              cable.unplug();
            }
            answer(in ? "ok plugged in" : "ok unplugged");
          } catch (IOException e) {
            answer("error cannot plug it in: " + e.getMessage());
          }
        });
  }

  private void age(String[] words) {
    double days;
    try {
      days = words.length == 2 ? Double.parseDouble(words[1]) : Double.NaN;
    } catch (NumberFormatException e) {
      days = Double.NaN;
    }
    if (!(days >= 0 && days <= 36_500)) {
      refuse("error age needs a number of days from 0 to 36500, as in: age 30");
      return;
    }
    double by = days;
    hand(
        () -> {
          works.age(by);
          answer("ok aged by " + by + " days");
        });
  }

  private void service(String[] words) {
    Optional<Service> service = words.length == 2 ? Service.of(words[1]) : Optional.empty();
    if (service.isEmpty()) {
      refuse("error service needs one of " + services());
      return;
    }
    hand(
        () -> {
          works.service(service.get());
          answer("ok serviced " + service.get().word());
        });
  }

  static String services() {
    return Arrays.stream(Service.values()).map(Service::word).collect(Collectors.joining(", "));
  }

  /** Refusals wait their turn, so that the answers come in the order of the lines. */
  private void refuse(String why) {
    hand(() -> answer(why));
  }

  private void hand(Runnable deed) {
    if (!printer.hand(deed)) {
      answer("error too much at once; wait for the answers");
    }
  }

  private void answer(String text) {
    synchronized (out) {
      out.println(text);
      out.flush();
    }
  }
}
