package dev.whorl.agent.cli;

import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.config.AgentConfigReader;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.common.cli.UserError;
import dev.whorl.gcode.CouponRefused;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --config}, shared by every verb that is about one printer. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The agent's configuration (default: ${DEFAULT-VALUE}).",
      defaultValue = "/etc/whorl/agent.toml")
  private Path file;

  AgentConfig read() {
    return AgentConfigReader.read(file);
  }

  Path file() {
    return file;
  }

  /** What the config's printer prints; one line for each reason why it cannot. */
  static PrinterCoupons coupons(AgentConfig config) {
    try {
      return PrinterCoupons.of(config);
    } catch (CouponRefused e) {
      StringBuilder lines = new StringBuilder();
      for (String problem : e.problems()) {
        lines.append(config.file()).append(": ").append(problem).append('\n');
      }
      throw UserError.usage(lines.toString().strip());
    }
  }
}
