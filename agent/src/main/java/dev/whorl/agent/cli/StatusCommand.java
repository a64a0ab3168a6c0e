package dev.whorl.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.outbox.Outbox;
import dev.whorl.agent.outbox.OutboxException;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.agent.service.AgentProcess;
import dev.whorl.agent.service.ControlClient;
import dev.whorl.agent.service.RestingView;
import dev.whorl.agent.service.RunPlan;
import dev.whorl.agent.service.StateLock;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says where the agent stands. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Where the agent stands: phase, slots, outbox.")
final class StatusCommand implements Callable<Integer> {
  @Mixin private ConfigOption configOption;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    AgentConfig config = configOption.read();
    Optional<StateLock> lock = StateLock.tryTake(config.agent().stateDir(), "status");
    ObjectNode status = JsonOut.object();
    if (lock.isPresent()) {
      try (StateLock held = lock.get()) {
        status.setAll(atRest(config));
        status.putNull("pid");
      }
    } else {
      ControlClient client = ControlClient.of(config.agent().stateDir());
      status.setAll((ObjectNode) client.status());
      status.put("pid", client.holder().pid());
    }
    if (json) {
      JsonOut.print(status);
    } else {
      print(status);
    }
    return ExitCode.DONE;
  }

  private static ObjectNode atRest(AgentConfig config) {
    PrinterCoupons coupons = ConfigOption.coupons(config);
    try (Outbox outbox =
        Outbox.open(config.agent().stateDir().resolve("outbox.db"), Clock.systemUTC())) {
      return AgentProcess.status(
          config, RestingView.of(RunPlan.state(config), coupons.bed()), outbox, false);
    } catch (OutboxException e) {
      throw new UserError(ExitCode.HARDWARE, String.valueOf(e.getMessage()), e);
    }
  }

  private static String degrees(JsonNode temperatures, String heater) {
    return String.format(
        Locale.ROOT,
        "%.1f of %.0f C",
        temperatures.path(heater + "_c").asDouble(),
        temperatures.path(heater + "_target_c").asDouble());
  }

  private static void print(JsonNode status) {
    String agent =
        status.path("pid").isNull()
            ? "no agent is running"
            : "agent is process " + status.path("pid");
    System.out.println(status.path("printer").asText() + ": " + agent);
    System.out.println(
        "phase   " + status.path("phase").asText() + ", " + status.path("doing").asText());
    System.out.println("run     " + status.path("run").asText("none"));
    if (!status.path("fault").isNull()) {
      System.out.println("fault   " + status.path("fault").asText());
    }
    if (status.has("power_cut")) {
      System.out.println("power   cut: " + status.path("power_cut").asText());
    } else if (status.path("hot").asBoolean()) {
      System.out.println("heat    the printer may be hot: `whorl agent cool`");
    }
    if (status.has("host")) {
      System.out.println("host    " + status.path("host").asText());
    }
    JsonNode t = status.path("temperatures");
    if (t.isObject()) {
      System.out.println(
          "temp    nozzle "
              + degrees(t, "nozzle")
              + (t.has("bed_c") ? ", bed " + degrees(t, "bed") : ""));
    }
    for (JsonNode slot : status.path("slots")) {
      System.out.println("slot    " + slot.path("slot_mm") + " " + slot.path("state").asText());
    }
    System.out.println("outbox  " + status.path("outbox_depth").asInt() + " waiting");
  }
}
