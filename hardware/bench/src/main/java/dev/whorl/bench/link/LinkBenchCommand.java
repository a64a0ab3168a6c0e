package dev.whorl.bench.link;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.Progress;
import dev.whorl.common.cli.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code whorl bench link}: what the link to a printer does, and how fast. */
@Command(
    name = "link",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Streams to simulated printers that are processes of their own and prints a table: what was"
          + " measured, what was asked, whether it is met. Ends with 1 if anything is not.",
      "Run it on a quiet machine: everything shares its processors. All of it takes 16 minutes,"
          + " --quick 4, --peer printrun 10."
    })
public final class LinkBenchCommand implements Callable<Integer> {

  private static final List<Item> ITEMS =
      List.of(
          new Throughput(),
          new Corruption(),
          new LostOk(),
          new Emergency(),
          new Replug(),
          new Noise());

  private static final double QUICK_SHARE = 0.1;
  private static final SideBySide PEER = new SideBySide();

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ITEM",
      description = "Only these, of throughput, corruption, lost-ok, emergency, replug, noise.")
  private List<String> only = List.of();

  @Option(
      names = "--peer",
      paramLabel = "NAME",
      description =
          "Send the same program with another host too and compare: printrun, which is its"
              + " printcore. Only that, unless --only names more.")
  private @Nullable String peer;

  @Option(names = "--quick", description = "A tenth of the work, for a look.")
  private boolean quick;

  @Option(names = "--seed", description = "Decides all faults (default ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    List<Item> items = chosen();
    Path dir = Files.createTempDirectory("whorl-bench-");
    // Ctrl-C must leave no printer behind.
    Thread hook =
        new Thread(
            () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy),
            "bench-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    List<Finding> findings = new ArrayList<>();
    try (Progress progress = Progress.of("bench link", items.size())) {
      Bench bench = new Bench(dir, quick ? QUICK_SHARE : 1, seed, progress::message);
      for (Item item : items) {
        progress.message(item.name());
        try {
          findings.addAll(item.look(bench));
        } catch (IOException e) {
          throw new UserError(
              ExitCode.HARDWARE, "bench link: " + item.name() + ": " + e.getMessage(), e);
        }
        progress.step(1);
      }
    }
    System.out.println(json ? json(findings) : BenchTable.of(findings));
    boolean met = findings.stream().allMatch(f -> f.met() == null || f.met());
    if (met) {
      delete(dir);
    } else {
      System.err.println("what was sent and executed last is in " + dir);
    }
    return met ? ExitCode.DONE : ExitCode.NO;
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(dir);
  }

  private List<Item> chosen() {
    if (peer != null && !peer.equals("printrun")) {
      throw UserError.usage("bench link: --peer " + peer + " is not known; there is printrun");
    }
    for (String name : only) {
      if (ITEMS.stream().noneMatch(item -> item.name().equals(name))) {
        throw UserError.usage(
            "bench link: --only "
                + name
                + " is not known; choose from "
                + ITEMS.stream().map(Item::name).collect(Collectors.joining(", ")));
      }
    }
    List<Item> items = new ArrayList<>();
    for (Item item : ITEMS) {
      if (only.isEmpty() ? peer == null : only.contains(item.name())) {
        items.add(item);
      }
    }
    if (peer != null) {
      items.add(PEER);
    }
    return items;
  }

  private String json(List<Finding> findings) throws IOException {
    Map<String, Object> result = new TreeMap<>();
    result.put("findings", findings);
    result.put("machine", Machine.describe());
    result.put("simulated", true);
    result.put("quick", quick);
    result.put("seed", seed);
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result);
  }
}
