package dev.whorl.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.agent.service.StateLock;
import dev.whorl.agent.service.WireCheck;
import dev.whorl.agent.service.WireChecks;
import dev.whorl.common.cli.ExitCode;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries every wire. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Try every wire, a line each; heats and moves nothing. Exit code 3 when hardware fails, 4"
            + " when only the network does.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOption configOption;

  @Option(names = "--json", description = "Print the verdicts as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    AgentConfig config = configOption.read();
    PrinterCoupons coupons = ConfigOption.coupons(config);
    List<WireCheck> checks;
    try (StateLock lock = StateLock.take(config.agent().stateDir(), "check")) {
      checks = WireChecks.run(config, json ? check -> {} : CheckCommand::print);
    }
    int exitCode = worst(checks);
    if (json) {
      ObjectNode object = JsonOut.object();
      object.put("printer", coupons.profile().printerId());
      object.put("ok", exitCode == ExitCode.DONE);
      ArrayNode array = object.putArray("checks");
      for (WireCheck check : checks) {
        array
            .addObject()
            .put("wire", check.wire())
            .put("verdict", check.grade().name().toLowerCase(Locale.ROOT))
            .put("detail", check.detail());
      }
      JsonOut.print(object);
    }
    return exitCode;
  }

  private static void print(WireCheck check) {
    System.out.printf(
        "%-4s %-9s %s%n",
        check.grade().name().toLowerCase(Locale.ROOT), check.wire(), check.detail());
  }

  /** Hardware before network before the config: what a person must walk to comes first. */
  private static int worst(List<WireCheck> checks) {
    for (int code : List.of(ExitCode.HARDWARE, ExitCode.NETWORK, ExitCode.USAGE)) {
      if (checks.stream().anyMatch(c -> c.exitCode() == code)) {
        return code;
      }
    }
    return ExitCode.DONE;
  }
}
