package dev.whorl.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.capture.FolderAnalyst;
import dev.whorl.agent.capture.FrameTaker;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.agent.service.AgentProcess;
import dev.whorl.agent.service.ConductorThread;
import dev.whorl.agent.service.ControlClient;
import dev.whorl.agent.service.NotBuilt;
import dev.whorl.agent.service.RunPlan;
import dev.whorl.agent.service.StateLock;
import dev.whorl.common.cli.Progress;
import dev.whorl.common.cli.UserError;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One run now: print, photograph, fingerprint, report. */
@Command(
    name = "enroll",
    mixinStandardHelpOptions = true,
    description = "One run now: print a coupon, photograph it, send its fingerprint.")
final class EnrollCommand implements Callable<Integer> {
  /** Parts of the progress bar. */
  private static final int STEPS = 1000;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  @Mixin private ConfigOption configOption;

  @Option(
      names = {"--bed-is-clear", "--yes"},
      description =
          "I have looked: the bed is clear, nothing is in the way, and the printer may heat.")
  private boolean bedIsClear;

  @Option(names = "--dry-run", description = "Say what would be done; touch nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the outcome as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    AgentConfig config = configOption.read();
    NotBuilt.refuse(config);
    PrinterCoupons coupons = ConfigOption.coupons(config);
    int lamps = config.lamps().lamps().size();
    if (lamps < FrameTaker.FEWEST_LAMPS) {
      throw UserError.usage(
          config.file()
              + ": lamps.lamp names "
              + lamps
              + " lamps, and a fingerprint needs at least "
              + FrameTaker.FEWEST_LAMPS);
    }
    Optional<StateLock> lock = StateLock.tryTake(config.agent().stateDir(), "enroll");
    if (lock.isEmpty()) {
      return overService(config);
    }
    RunPlan plan = RunPlan.of(config, coupons);
    if (dryRun) {
      lock.get().close();
      return showPlan(plan);
    }
    boolean clear = bedIsClear;
    if (plan.needsAPerson() && !clear) {
      clear = askForTheBed(plan);
      if (!clear) {
        lock.get().close();
        return 1;
      }
    }
    return run(config, coupons, lock.get(), plan, clear);
  }

  private int run(
      AgentConfig config, PrinterCoupons coupons, StateLock lock, RunPlan plan, boolean clear)
      throws InterruptedException {
    RunOutcome outcome;
    try (Progress progress = Progress.of(config.printer().id(), STEPS);
        AgentProcess agent =
            AgentProcess.open(
                config,
                coupons,
                lock,
                "enroll",
                new FolderAnalyst(),
                view -> {
                  if (view.phase().running()) {
                    progress.message(view.phase().sentence());
                    progress.to(Math.round(view.progress() * STEPS));
                  }
                })) {
      agent.stopOnSignal();
      if (!plan.continues()) {
        agent.enrollAtTheKeyboard(clear);
      }
      ConductorThread.run(agent::stepToEnd);
      outcome = RunOutcome.of(config, agent);
    }
    if (json) {
      JsonOut.print(outcome.toJson());
    } else {
      System.out.println(outcome.sentence());
    }
    return outcome.exitCode();
  }

  private boolean askForTheBed(RunPlan plan) {
    if (!Terminal.isAttended()) {
      throw UserError.usage(
          plan.bed()
              + "; nobody is at the keyboard to say that the bed is clear and heating allowed: look,"
              + " then run `whorl agent enroll --config "
              + configOption.file()
              + " --bed-is-clear`");
    }
    return Terminal.confirms(
        String.format(
            Locale.ROOT,
            "%s: a coupon will be printed at slot %s (nozzle %.0f C, bed %.0f C).%n"
                + "Is the whole bed clear, nothing in the way, and may the printer heat?",
            plan.printer(),
            plan.slot(),
            plan.nozzleC(),
            plan.bedC()));
  }

  private int showPlan(RunPlan plan) {
    if (json) {
      JsonOut.print(plan.toJson());
    } else {
      plan.lines().forEach(System.out::println);
    }
    return 0;
  }

  /** A service has the printer: it is asked, and watched. */
  private int overService(AgentConfig config) throws InterruptedException {
    ControlClient client = ControlClient.of(config.agent().stateDir());
    if (dryRun) {
      JsonNode status = client.status();
      System.out.println(
          "the agent, process " + client.holder().pid() + ", is " + status.path("doing").asText());
      return 0;
    }
    String before = client.status().path("run").asText();
    if (bedIsClear) {
      client.command("clear-bed");
    }
    client.command("enroll");
    JsonNode status;
    try (Progress progress = Progress.of(config.printer().id(), STEPS)) {
      do {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
        status = client.status();
        if (running(status)) {
          progress.message(status.path("doing").asText());
          progress.to(Math.round(status.path("progress").asDouble() * STEPS));
        }
      } while (status.path("run").asText().equals(before) || running(status));
    }
    boolean fault = status.path("phase").asText().equals("FAULT");
    if (json) {
      ObjectNode object = JsonOut.object();
      object.setAll((ObjectNode) status);
      JsonOut.print(object);
    } else {
      System.out.println(
          "run "
              + status.path("run").asText()
              + ": "
              + (fault ? status.path("fault").asText() : "done"));
    }
    return fault ? 3 : 0;
  }

  private static boolean running(JsonNode status) {
    String phase = status.path("phase").asText();
    return !phase.equals("IDLE") && !phase.equals("FAULT");
  }
}
