package dev.whorl.sim.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.Progress;
import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code whorl demo}: the whole story on this machine. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a broker, a registry and simulated printers on this machine; enrols the printers,"
          + " fingerprints them again, ages one by a year, swaps a nozzle and presents an impostor;"
          + " prints the verdicts and where the pictures are.",
      "The printers are simulated: the figures prove the pipeline, not accuracy on real prints."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int MOST_PRINTERS = 32;

  @Option(
      names = "--printers",
      description = "How many printers, 3 to 32 (default ${DEFAULT-VALUE}).")
  private int printers = 3;

  @Option(names = "--seed", description = "Decides which machines (default ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--stay", description = "Keep broker, registry and printers running at the end.")
  private boolean stay;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(
      names = "--dir",
      description = "Where everything is kept (default: a new temporary folder).")
  private @Nullable Path dir;

  @Override
  public Integer call() throws Exception {
    if (printers < 3 || printers > MOST_PRINTERS) {
      throw UserError.usage("demo: --printers " + printers + " is not in 3 to " + MOST_PRINTERS);
    }
    Path home = dir == null ? Files.createTempDirectory("whorl-demo-") : dir.toAbsolutePath();
    Demo demo = new Demo(home, printers, seed);
    // Closing twice does no harm: the hook serves Ctrl-C.
    Thread hook = new Thread(demo::close, "demo-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (demo;
        Progress progress = Progress.of("demo", demo.steps())) {
      List<DemoCase> cases = demo.play(progress);
      List<Path> pictures = demo.draw(progress);
      progress.close();
      report(cases, pictures);
      if (stay) {
        System.err.println(
            "The registry is at "
                + demo.console()
                + " ; everything is in "
                + home
                + " ; Ctrl-C ends it.");
        Thread.currentThread().join();
      }
      return cases.stream().allMatch(DemoCase::right) ? ExitCode.DONE : ExitCode.NO;
    }
  }

  private void report(List<DemoCase> cases, List<Path> pictures) throws IOException {
    if (json) {
      Map<String, Object> result = new TreeMap<>();
      result.put("cases", cases);
      result.put("pictures", pictures.stream().map(Path::toString).toList());
      result.put("simulated", true);
      System.out.println(
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result));
      return;
    }
    System.out.println(DemoTable.of(cases));
    System.out.println("Pictures:");
    pictures.forEach(picture -> System.out.println("  " + picture));
    System.out.println(
        "These printers are simulated: this shows that the pipeline works, not how well real"
            + " printers are told apart.");
  }
}
