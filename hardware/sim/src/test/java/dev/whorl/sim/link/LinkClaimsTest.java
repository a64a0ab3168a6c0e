package dev.whorl.sim.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.sim.faults.Faults;
import dev.whorl.sim.firmware.FirmwareKind;
import dev.whorl.sim.machine.PrinterModel;
import dev.whorl.sim.printer.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the link promises, shown briefly over a real pseudo-terminal; {@code whorl bench link} shows
 * it at length and measures it.
 */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class LinkClaimsTest {

  /** The link asks after a silent printer in less than this; a loaded machine takes its time. */
  private static final Duration LONGEST_STALL = Duration.ofSeconds(6);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"250000, 3000", "115200, 1500"})
  void shouldNeverSendFasterThanABufferOf128BytesIsEmptied(int baud, int lines) throws Exception {
    List<String> program = LinkedBench.program(lines);
    try (LinkedBench bench =
        new LinkedBench(folder, PrinterModel.MENDEL, Setup.plain().withUart(baud))) {
      bench.stream(program);

      assertThat(bench.overruns()).isZero();
      assertThat(bench.executed()).isEqualTo(program);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MENDEL, MARLIN, 2000",
    "CUBE, MARLIN, 1000",
    "MENDEL, PRUSA, 1000",
    "MENDEL, REPRAPFIRMWARE, 300"
  })
  void shouldHaveAProgramExecutedAsItIsWhileOneLineInAHundredIsCorruptedEitherWay(
      PrinterModel model, FirmwareKind firmware, int lines) throws Exception {
    List<String> program = LinkedBench.program(lines);
    Setup setup = Setup.plain().withFirmware(firmware).withFaults(Faults.parse("corrupt=0.01", 20));
    try (LinkedBench bench = new LinkedBench(folder, model, setup)) {
      bench.stream(program);

      assertThat(bench.executed()).isEqualTo(program);
      assertThat(bench.longestStall()).isLessThan(LONGEST_STALL);
    }
  }

  @ParameterizedTest
  @CsvSource({"MENDEL, MARLIN", "CUBE, MARLIN", "MENDEL, PRUSA", "MENDEL, REPRAPFIRMWARE"})
  void shouldRecoverFromALostOkWithoutHavingALineDoneTwice(
      PrinterModel model, FirmwareKind firmware) throws Exception {
    List<String> program = LinkedBench.program(150);
    Setup setup = Setup.plain().withFirmware(firmware).withFaults(Faults.parse("lost-ok=0.02", 5));
    try (LinkedBench bench = new LinkedBench(folder, model, setup)) {
      bench.stream(program);

      assertThat(bench.executed()).isEqualTo(program);
      assertThat(bench.longestStall()).isLessThan(LONGEST_STALL);
    }
  }

  @Test
  void shouldGoOnAfterGarbageAndALineOfAMegabyte() throws Exception {
    List<String> program = LinkedBench.program(300);
    Setup setup = Setup.plain().withFaults(Faults.parse("garbage=0.05,endless@100", 3));
    try (LinkedBench bench = new LinkedBench(folder, PrinterModel.MENDEL, setup)) {
      bench.stream(program);

      assertThat(bench.executed()).isEqualTo(program);
    }
  }

  @Test
  void shouldBeToldTheBedsHeights() throws Exception {
    try (LinkedBench bench = new LinkedBench(folder, PrinterModel.MENDEL, Setup.plain())) {
      List<List<Double>> heightsMm = bench.bedMesh().orElseThrow().heightsMm();
      assertThat(heightsMm).hasSize(5).allMatch(row -> row.size() == 5);
      assertThat(heightsMm.get(0)).isNotEqualTo(heightsMm.get(4));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PRUSA", "KLIPPER", "REPRAPFIRMWARE"})
  void shouldDoWithoutTheBedsHeightsWhereThePrinterDoesNotSayThem(FirmwareKind firmware)
      throws Exception {
    Setup setup = Setup.plain().withFirmware(firmware);
    try (LinkedBench bench = new LinkedBench(folder, PrinterModel.MENDEL, setup)) {
      assertThat(bench.bedMesh()).isEmpty();
    }
  }
}
