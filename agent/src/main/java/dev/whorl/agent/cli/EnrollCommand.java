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
    description =
        "Runs now: print a coupon, photograph it, send its fingerprint; with --coupons 3, which make"
            + " an enrolment, as often on free slots.")
final class EnrollCommand implements Callable<Integer> {
  /** Parts of the progress bar. */
  private static final int STEPS = 1000;

  /** Three times an enrolment: few beds have more slots. */
  private static final int MOST_COUPONS = 9;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  @Mixin private ConfigOption configOption;

  @Option(
      names = {"--bed-is-clear", "--yes"},
      description =
          "I have looked: the bed is clear, nothing is in the way, and the printer may heat.")
  private boolean bedIsClear;

  @Option(
      names = "--coupons",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many, one after the other, each on a slot that is free; 1 to 9.")
  private int count;

  @Option(names = "--dry-run", description = "Say what would be done; touch nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the outcome as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (count < 1 || count > MOST_COUPONS) {
      throw UserError.usage("--coupons " + count + " is not between 1 and " + MOST_COUPONS);
    }
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
    int exitCode = 0;
    for (int done = 0; done < count && exitCode == 0; done++) {
      exitCode = one(config, coupons, done);
      if (dryRun) {
        break;
      }
    }
    return exitCode;
  }

  private int one(AgentConfig config, PrinterCoupons coupons, int done)
      throws InterruptedException {
    Optional<StateLock> lock = StateLock.tryTake(config.agent().stateDir(), "enroll");
    if (lock.isEmpty()) {
      return overService(config, done);
    }
    RunPlan plan = RunPlan.of(config, coupons);
    if (dryRun) {
      lock.get().close();
      return showPlan(plan);
    }
    // Their word was for the bed as it was before the first.
    boolean clear = bedIsClear && done == 0;
    if (plan.needsAPerson() && !clear) {
      try {
        clear = askForTheBed(plan, done);
      } finally {
        if (!clear) {
          lock.get().close();
        }
      }
      if (!clear) {
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

  private boolean askForTheBed(RunPlan plan, int done) {
    if (!Terminal.isAttended()) {
      throw UserError.usage(
          (done == 0 ? "" : done + " of " + count + " coupons are done; ")
              + plan.bed()
              + "; nobody is at the keyboard to say that the bed is clear and heating allowed: look,"
              + " then run `whorl agent enroll --config "
              + configOption.file()
              + (count - done > 1 ? " --coupons " + (count - done) : "")
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
  private int overService(AgentConfig config, int done) throws InterruptedException {
    ControlClient client = ControlClient.of(config.agent().stateDir());
    if (dryRun) {
      JsonNode status = client.status();
      System.out.println(
          "the agent, process " + client.holder().pid() + ", is " + status.path("doing").asText());
      return 0;
    }
    String before = client.status().path("run").asText();
    if (bedIsClear && done == 0) {
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
