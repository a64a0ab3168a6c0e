package dev.whorl.sim.cli;

import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.sim.bed.BedFile;
import dev.whorl.sim.machine.Kinematics;
import dev.whorl.sim.machine.MachineLife;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.machine.Service;
import dev.whorl.sim.printer.ExecutedFile;
import dev.whorl.sim.printer.Setup;
import dev.whorl.sim.printer.SimulatedPrinter;
import dev.whorl.sim.printer.Works;
import dev.whorl.sim.pty.Socket;
import dev.whorl.sim.pty.TcpWire;
import dev.whorl.sim.pty.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whorl sim printer}: one simulated printer as a process of its own. */
@Command(
    name = "printer",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "A simulated printer: a firmware at a pseudo-terminal, executed by a seeded machine.",
      "Prints \"ready ADDRESS\" when it can be opened. What it prints lies in LINK.bed, for whorl"
          + " sim camera to look at. Standard input takes a person's hands, one line each: clear, age"
          + " DAYS, service PART, power on|off, power-cycle, unplug, plug, overruns, quit."
    })
public final class PrinterCommand implements Callable<Integer> {

  /** How long an orderly end may take before the process ends without it. */
  private static final long STOP_MS = 5_000;

  @Option(
      names = "--link",
      required = true,
      paramLabel = "PATH",
      description = "Symbolic link to make to the pseudo-terminal; PATH.bed holds the bed.")
  private Path link;

  @Option(
      names = "--port",
      paramLabel = "TCP",
      description = "Listen on this port of 127.0.0.1 (0: any) instead of a pseudo-terminal.")
  private @Nullable Integer port;

  @Option(
      names = "--seed",
      required = true,
      paramLabel = "S",
      description = "Which machine of its model's population this is.")
  private long seed;

  @Option(
      names = "--age",
      defaultValue = "0",
      paramLabel = "DAYS",
      description = "How long it has been in use.")
  private double ageDays;

  @Option(
      names = "--service",
      paramLabel = "PART",
      description =
          "Serviced today: nozzle, belt-x, belt-y, extruder, toolhead or reseat; may be repeated.")
  private List<String> services = List.of();

  @Option(
      names = "--print",
      defaultValue = "0",
      paramLabel = "N",
      description = "Prints it has made before; each print has accidents of its own.")
  private int print;

  @Option(
      names = "--printer-model",
      defaultValue = "mendel",
      paramLabel = "MODEL",
      description = "mendel (bed-slinger, 235 mm) or cube (CoreXY, 300 mm).")
  private String model;

  @Option(
      names = "--kinematics",
      paramLabel = "KIND",
      description = "cartesian or corexy; default: as the model is built.")
  private @Nullable String kinematics;

  @Option(
      names = "--nozzle",
      defaultValue = "0.4",
      paramLabel = "MM",
      description = "Bore of its nozzle.")
  private double nozzleMm;

  @Option(
      names = "--time-scale",
      defaultValue = "60",
      paramLabel = "N",
      description = "How many times faster its time runs.")
  private double timeScale;

  @Mixin private final PrinterFittings fittings = new PrinterFittings();

  @Override
  public Integer call() {
    MachineLife life = machine();
    Works works = new Works(life, print);
    if (!(timeScale > 0 && timeScale <= 100_000)) {
      throw UserError.usage("--time-scale " + timeScale + " must be above 0 and at most 100000");
    }
    Path folder = link.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw UserError.usage("--link " + link + ": its folder does not exist; make it first");
    }
    Setup setup = fittings.setup(port != null);
    Path log = fittings.executed();
    try (Socket socket = port == null ? Socket.open(link) : null;
        TcpWire tcp = port == null ? null : TcpWire.listen(port);
        ExecutedFile file = log == null ? null : new ExecutedFile(log)) {
      Wire wire = Objects.requireNonNull(socket == null ? tcp : socket);
      SimulatedPrinter printer =
          new SimulatedPrinter(
              wire,
              life,
              works,
              BedFile.beside(link),
              System::nanoTime,
              timeScale,
              file == null ? setup : setup.withExecuted(file));
      serve(printer, works, wire.address(), socket);
    } catch (IOException e) {
      throw new UserError(ExitCode.HARDWARE, "sim printer: " + e.getMessage(), e);
    }
    return ExitCode.DONE;
  }

  private void serve(SimulatedPrinter printer, Works works, String address, @Nullable Socket socket)
      throws IOException {
    Thread serving = Thread.currentThread();
    Thread hook =
        new Thread(
            () -> {
              printer.stop();
              try {
                serving.join(STOP_MS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    Thread hands =
        new Thread(
            new Hands(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                System.out,
                printer,
                works,
                socket),
            "hands");
    hands.setDaemon(true);
    printer.run(
        () -> {
          System.out.println("ready " + address);
          System.out.flush();
          hands.start();
        });
  }

  private MachineLife machine() {
    PrinterModel of =
        PrinterModel.of(model)
            .orElseThrow(
                () ->
                    UserError.usage(
                        "--printer-model "
                            + model
                            + " is not known; choose one of "
                            + Arrays.stream(PrinterModel.values())
                                .map(PrinterModel::word)
                                .collect(Collectors.joining(", "))));
    if (!(nozzleMm >= 0.1 && nozzleMm <= 1.2)) {
      throw UserError.usage("--nozzle " + nozzleMm + " must be 0.1 to 1.2 mm");
    }
    if (!(ageDays >= 0 && ageDays <= 36_500)) {
      throw UserError.usage("--age " + ageDays + " must be 0 to 36500 days");
    }
    MachineLife life = new MachineLife(seed, of, kind(of), nozzleMm);
    life.age(ageDays);
    for (String service : services) {
      life.service(
          Service.of(service)
              .orElseThrow(
                  () ->
                      UserError.usage(
                          "--service "
                              + service
                              + " is not known; choose from "
                              + Hands.services())));
    }
    return life;
  }

  private Kinematics kind(PrinterModel of) {
    if (kinematics == null) {
      return of.kinematics();
    }
    return switch (kinematics.toLowerCase(Locale.ROOT)) {
      case "cartesian" -> Kinematics.CARTESIAN;
      case "corexy" -> Kinematics.COREXY;
      default ->
          throw UserError.usage(
              "--kinematics " + kinematics + " is not known; choose cartesian or corexy");
    };
  }
}
