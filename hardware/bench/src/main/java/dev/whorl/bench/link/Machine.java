package dev.whorl.bench.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
final class Machine {

  private Machine() {}

  /** Processor, number of them, Java, and how busy the machine was. */
  static String describe() {
    String processor = System.getProperty("os.arch");
    String load = "unknown";
    try {
      processor =
          Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
              .filter(line -> line.startsWith("model name") || line.startsWith("Model"))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst()
              .orElse(processor);
      load = Files.readString(Path.of("/proc/loadavg")).split(" ")[1];
    } catch (IOException e) {
      // Not on Linux: then there is less to say.
    }
    return "%d x %s, Java %s, load of the last five minutes %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor,
            System.getProperty("java.version"),
            load);
  }
}
