package dev.whorl.bench.link;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a part of this program is started as a process of its own. */
final class JavaProcess {

  private static final int GRANTS_NATIVE_ACCESS = 24;

  private JavaProcess() {}

  /** This Java with this class path and the flags of the launcher; arguments are to be added. */
  static List<String> command(Class<?> main, int heapMib) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMib + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-Djava.awt.headless=true");
    if (Runtime.version().feature() >= GRANTS_NATIVE_ACCESS) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    return command;
  }
}
