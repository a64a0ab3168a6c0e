package dev.whorl.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.capture.CaptureFolder;
import dev.whorl.agent.capture.CapturePictures;
import dev.whorl.agent.capture.SenseFiles;
import dev.whorl.agent.report.Judged;
import dev.whorl.agent.report.ReportPage;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintJson;
import dev.whorl.fingerprint.Fingerprinting;
import dev.whorl.fingerprint.capture.UnfitCapture;
import dev.whorl.fingerprint.compare.Comparer;
import dev.whorl.fingerprint.compare.ScoreModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Computes a fingerprint from a folder of frames, by the same code as a run. */
@Command(
    name = "fingerprint",
    mixinStandardHelpOptions = true,
    description = "A fingerprint from a folder of frames with a capture.json, from any camera.")
final class FingerprintCommand implements Callable<Integer> {
  @Option(
      names = "--frames",
      required = true,
      paramLabel = "DIR",
      description = "The folder: capture.json and the frames it names.")
  private Path frames;

  @Option(
      names = "--program",
      paramLabel = "FILE",
      description = "The program that was printed, where capture.json has no profile.")
  private @Nullable Path program;

  @Option(
      names = "--vibration",
      paramLabel = "FILE.csv",
      description =
          "A recording of the frame's vibration, Klipper's raw samples or its spectrum; once for each"
              + " axis.")
  private List<Path> vibration = List.of();

  @Option(
      names = "--mesh",
      paramLabel = "FILE.csv",
      description = "The bed's mesh: rows of heights in mm, front row first.")
  private @Nullable Path mesh;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.json",
      description = "Where the fingerprint goes.")
  private Path out;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Also write a page to look at: pictures, and each part drawn.")
  private @Nullable Path report;

  @Option(
      names = "--against",
      paramLabel = "EARLIER.json",
      description =
          "With --report: an earlier fingerprint to compare it to; the page then says what was"
              + " decided and why.")
  private @Nullable Path against;

  @Option(
      names = "--pictures",
      paramLabel = "DIR",
      description = "Also write the pictures: photograph, normals, height, traced beads.")
  private @Nullable Path pictures;

  @Option(names = "--json", description = "Print the fingerprint as well.")
  private boolean json;

  @Override
  public Integer call() {
    if (against != null && report == null) {
      throw UserError.usage("agent fingerprint: --against needs --report, the page it is for");
    }
    Fingerprint earlier = against == null ? null : FingerprintFile.read(against);
    SenseFiles senses = SenseFiles.of(frames, vibration, mesh);
    CaptureFolder capture = CaptureFolder.read(frames);
    Fingerprinting made;
    Map<String, byte[]> drawn;
    try {
      made = capture.fingerprint(program);
      drawn = report == null && pictures == null ? Map.of() : CapturePictures.of(capture, made);
    } catch (UnfitCapture e) {
      throw new UserError(ExitCode.NO, frames + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, frames + ": cannot be read: " + e, e);
    }
    Fingerprint fingerprint = made.fingerprint().with(senses.vibration(), senses.mesh());
    draw(fingerprint, drawn, earlier);
    ObjectNode tree = FingerprintJson.tree(fingerprint);
    OutFile.write(out, FingerprintJson.write(fingerprint));
    if (json) {
      JsonOut.print(tree);
    } else {
      StringBuilder components = new StringBuilder();
      tree.path("components").fieldNames().forEachRemaining(c -> components.append(' ').append(c));
      System.out.println(out + ": fingerprint of " + fingerprint.printer() + ":" + components);
    }
    return ExitCode.DONE;
  }

  private void draw(
      Fingerprint fingerprint, Map<String, byte[]> drawn, @Nullable Fingerprint earlier) {
    if (pictures != null) {
      Path folder = OutFile.folder(pictures);
      drawn.forEach((name, png) -> OutFile.write(folder.resolve(name + ".png"), png));
    }
    if (report != null) {
      OutFile.write(report, ReportPage.of(fingerprint, drawn, judged(fingerprint, earlier)));
    }
  }

  private static @Nullable Judged judged(Fingerprint probe, @Nullable Fingerprint earlier) {
    return earlier == null
        ? null
        : new Judged(earlier, Comparer.compare(earlier, probe, ScoreModels.shipped()));
  }
}
