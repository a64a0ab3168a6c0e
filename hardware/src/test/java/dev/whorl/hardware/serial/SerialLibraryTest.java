package dev.whorl.hardware.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.whorl.gcode.SerialLine;
import dev.whorl.hardware.HardwareException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own each: a library loads once. */
@Timeout(60)
class SerialLibraryTest {

  private final FarEnd pty = new FarEnd();
  @TempDir Path dir;
  private Path noexec;

  /** What the process runs: opens a port and says how that went. */
  static final class Opening {
    public static void main(String[] args) {
      try (SerialLine line = SerialLines.open(args[0], 115200)) {
        System.out.println("open, temporary files in " + System.getProperty("java.io.tmpdir"));
      } catch (HardwareException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @BeforeEach
  void mount() throws Exception {
    noexec = Files.createDirectory(dir.resolve("noexec"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "noexec,size=4m", "tmpfs", noexec.toString()) == 0,
        "needs a file system mounted noexec, which only root may mount");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", noexec.toString());
    pty.close();
  }

  private static int run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String open(Path temporary, Path home) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Later Javas warn of a library unless this is granted, as the launcher does.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--enable-native-access"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx64m",
            "-Djava.io.tmpdir=" + temporary,
            "-Duser.home=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            Opening.class.getName(),
            pty.path().toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeAll(
            List.of(
                "CACHE_DIRECTORY",
                "STATE_DIRECTORY",
                "RUNTIME_DIRECTORY",
                "XDG_RUNTIME_DIR",
                "XDG_CACHE_HOME"));
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return said.strip();
  }

  @Test
  void shouldOpenThePortWhereTemporaryFilesMayNotBeRun() throws Exception {
    assertThat(open(noexec, dir)).isEqualTo("open, temporary files in " + noexec);
    assertThat(dir.resolve(".cache/whorl/jSerialComm")).isDirectory();
  }

  @Test
  void shouldSayInOneLineThatNoFolderMayHoldPrograms() throws Exception {
    assertThat(open(noexec, noexec))
        .isEqualTo(
            "the serial library cannot be loaded: %1$s, %1$s/.cache/whorl may not hold programs"
                    .formatted(noexec)
                + " (mounted noexec, full, or another's?): start with"
                + " -Djava.io.tmpdir=<a folder that may>");
  }
}
