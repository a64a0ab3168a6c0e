package dev.whorl.sim.printer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whorl.sim.firmware.Plugs.CardFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardTest {

  @TempDir private Path folder;

  @Test
  void shouldPrintWhatIsOnTheCardAndSayHowFarItIs() throws Exception {
    byte[] file = "G28 ; home\n\nG4 S600\nG92 E5\n".getBytes(StandardCharsets.ISO_8859_1);
    try (Bench bench = new Bench(folder, Setup.plain().withCard(new CardFile("part.gco", file)))) {
      assertThat(bench.host.ask("M27")).contains("Not SD printing");
      assertThat(bench.host.ask("M20")).contains("Begin file list", "PART.GCO 27", "End file list");
      assertThat(bench.host.ask("M23 other.gco")).contains("open failed, File: OTHER.GCO.");
      assertThat(bench.host.ask("M23 part.gco")).contains("File selected");
      bench.host.ask("M24");
      bench.host.until("X:0.00"); // G28 says where it is; nobody is told ok
      assertThat(bench.host.until("Done printing file")).noneMatch(line -> line.startsWith("ok"));
      assertThat(bench.host.ask("M27")).contains("Not SD printing");
      assertThat(bench.executed).containsSequence("G28", "G4 S600", "G92 E5");
    }
  }
}
