package dev.whorl.sim.cli;

import dev.whorl.common.cli.UserError;
import dev.whorl.sim.faults.Faults;
import dev.whorl.sim.firmware.FirmwareKind;
import dev.whorl.sim.firmware.Plugs.CardFile;
import dev.whorl.sim.printer.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code whorl sim printer} for its firmware, its wire and its faults. */
final class PrinterFittings {

  /** A card print of any length a test could want. */
  private static final long MOST_CARD_BYTES = 64L << 20;

  @Option(
      names = "--firmware",
      defaultValue = "marlin",
      paramLabel = "NAME",
      description = "marlin, prusa, klipper or reprapfirmware (default ${DEFAULT-VALUE}).")
  private String firmware = "";

  @Option(
      names = "--uart",
      paramLabel = "BAUD",
      description =
          "Behind a UART of this speed: bytes take their time, and what comes while 127 bytes wait"
              + " to be read is dropped. 'overruns' on standard input says how many were.")
  private @Nullable Integer baud;

  @Option(
      names = "--card",
      paramLabel = "FILE",
      description = "A card in its slot with this G-code file on it (M20 to M27).")
  private @Nullable Path card;

  @Option(
      names = "--executed",
      paramLabel = "FILE",
      description =
          "Append each executed command to FILE, without line number and checksum. What is unknown"
              + " or refused and what is obeyed on arrival (M112, M108, M410) is not in it.")
  private @Nullable Path executed;

  @Option(
      names = "--faults",
      paramLabel = "LIST",
      defaultValue = "",
      description = {
        "Faults, separated by commas; P is a probability per line, LINE a line's number (how many"
            + " lines came, where the firmware does not count them: klipper, reprapfirmware):",
        "corrupt=P, corrupt-in=P, corrupt-out=P: one byte of a line is changed, both ways or one",
        "garbage=P: a burst of random bytes before a line to the host",
        "lost-ok=P, doubled-ok=P: of acknowledgements",
        "doubled-resend=P: asks twice",
        "stale-resend=P: asks for what it has",
        "resend-storm@LINE: asks for that line for ever",
        "resend-outside@LINE: asks for a line far back",
        "reset@LINE, zero-reset@LINE: starts afresh; the second says a NUL first",
        "fatal=NAME@LINE: stops itself, said in pieces; NAME is thermal-runaway, heating-failed,"
            + " maxtemp, mintemp, kill or stopped",
        "silence@LINE: is not heard any more",
        "deaf@LINE: reads nothing any more",
        "endless@LINE: says a line of 1 MB",
        "slow=MS: every command takes so much longer",
        "thermistor-stuck[@LINE], heater-stuck-on[@LINE], no-heat[@LINE]: of the hot end"
      })
  private String faults = "";

  @Option(
      names = "--fault-seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "When the faults of some probability strike (default ${DEFAULT-VALUE}).")
  private long faultSeed;

  @Nullable Path executed() {
    return executed;
  }

  /**
   * What was asked for.
   *
   * @param tcp whether the host comes over TCP
   */
  Setup setup(boolean tcp) {
    FirmwareKind kind =
        FirmwareKind.of(firmware)
            .orElseThrow(
                () ->
                    UserError.usage(
                        "--firmware "
                            + firmware
                            + " is not known; choose one of "
                            + Arrays.stream(FirmwareKind.values())
                                .map(FirmwareKind::word)
                                .collect(Collectors.joining(", "))));
    Setup setup = Setup.plain().withFirmware(kind).withFaults(faults(kind));
    Integer rate = baud;
    if (rate != null) {
      setup = setup.withUart(rate(rate, kind, tcp));
    }
    Path file = card;
    return file == null ? setup : setup.withCard(read(file));
  }

  private static int rate(int rate, FirmwareKind kind, boolean tcp) {
    if (rate < 1_200 || rate > 3_000_000) {
      throw UserError.usage("--uart " + rate + " must be a baud rate from 1200 to 3000000");
    }
    if (tcp) {
      throw UserError.usage("--uart and --port exclude each other: leave one out");
    }
    if (kind == FirmwareKind.KLIPPER) {
      throw UserError.usage("--uart: Klipper talks through a pseudo-terminal only; leave it out");
    }
    return rate;
  }

  private Faults faults(FirmwareKind kind) {
    Faults list;
    try {
      list = Faults.parse(faults, faultSeed);
    } catch (IllegalArgumentException e) {
      throw UserError.usage("--faults: " + e.getMessage());
    }
    if (list.needResends() && !kind.asksAgain()) {
      throw UserError.usage(
          "--faults: " + kind.word() + " never asks for a line again; leave out resend faults");
    }
    return list;
  }

  private static CardFile read(Path file) {
    try {
      if (Files.size(file) > MOST_CARD_BYTES) {
        throw UserError.usage("--card " + file + " is larger than 64 MiB");
      }
      return CardFile.of(file, Files.readAllBytes(file));
    } catch (IOException e) {
      String why = Files.exists(file) ? e.getMessage() : "there is no such file";
      throw UserError.usage("--card " + file + " cannot be read: " + why);
    }
  }
}
