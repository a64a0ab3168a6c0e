package dev.whorl.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.outbox.OutboxException;
import dev.whorl.agent.run.Phase;
import dev.whorl.agent.run.RunFolder;
import dev.whorl.agent.run.RunView;
import dev.whorl.agent.service.AgentProcess;
import dev.whorl.agent.uplink.Receipt;
import dev.whorl.common.cli.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param view the conductor's last words
 * @param frames the run's folder, null when there was no run
 * @param digest under which the registry knows the fingerprint, null when there is none
 * @param receipt what the registry said of it, null when it said nothing
 * @param verdict what it thinks of it, null likewise
 * @param outboxDepth what still waits
 * @param broker whether the config names one
 */
record RunOutcome(
    RunView view,
    @Nullable Path frames,
    @Nullable String digest,
    @Nullable Receipt receipt,
    @Nullable JsonNode verdict,
    int outboxDepth,
    boolean broker) {
  /** The registry judges right after it stored. */
  private static final Duration VERDICT_AFTER_RECEIPT = Duration.ofSeconds(20);

  static RunOutcome of(AgentConfig config, AgentProcess agent) throws InterruptedException {
    RunView view = agent.conductor().view();
    String run = view.run();
    String digest = null;
    Receipt receipt = null;
    JsonNode verdict = null;
    if (run != null && view.phase() == Phase.IDLE) {
      Optional<String> known = agent.digest(run);
      digest = known.orElse(null);
      if (digest != null) {
        receipt = agent.receipt(digest).orElse(null);
      }
      if (digest != null && receipt != null && receipt.stored()) {
        verdict = agent.verdict(digest, VERDICT_AFTER_RECEIPT).orElse(null);
      }
    }
    int depth;
    try {
      depth = agent.outbox().depth();
    } catch (OutboxException e) {
      depth = -1;
    }
    return new RunOutcome(
        view,
        run == null ? null : RunFolder.of(config.agent().stateDir(), run).path(),
        digest,
        receipt,
        verdict,
        depth,
        agent.uplink().hasBroker());
  }

  int exitCode() {
    if (view.phase() == Phase.FAULT) {
      return ExitCode.HARDWARE;
    }
    if (receipt != null && receipt.refused()) {
      return ExitCode.NO;
    }
    return broker && (receipt == null || !receipt.stored()) ? ExitCode.NETWORK : ExitCode.DONE;
  }

  String sentence() {
    String run = "run " + view.run() + ": ";
    if (view.phase() == Phase.FAULT) {
      return run + view.fault() + (view.hot() ? "; THE PRINTER MAY BE HOT" : "");
    }
    if (digest == null) {
      return run + view.phase().sentence() + "; it goes on at the next start";
    }
    if (receipt != null && receipt.refused()) {
      return run + "the registry refused the fingerprint: " + receipt.reason();
    }
    if (receipt == null || !receipt.stored()) {
      return run
          + (broker
              ? "no receipt from the registry yet; the fingerprint stays in the outbox until it"
                  + " comes"
              : "there is no [mqtt] in the config, so the fingerprint stays in the outbox")
          + " ("
          + outboxDepth
          + " there)";
    }
    if (verdict == null) {
      return run + "stored by the registry; no verdict yet";
    }
    JsonNode lr = verdict.path("log10_lr");
    return run
        + "stored; verdict "
        + verdict.path("verdict").asText()
        + ", event "
        + verdict.path("event").asText()
        + (lr.isNumber()
            ? String.format(Locale.ROOT, ", log10 LR %.2f", lr.asDouble())
            : ", the first of this printer");
  }

  ObjectNode toJson() {
    ObjectNode json = JsonOut.object();
    json.put("run", view.run());
    json.put("phase", view.phase().name());
    json.put("fault", view.fault());
    json.put("hot", view.hot());
    json.put("frames", frames == null ? null : frames.toString());
    json.put("digest", digest);
    if (receipt == null) {
      json.putNull("receipt");
    } else {
      json.putObject("receipt").put("result", receipt.result()).put("reason", receipt.reason());
    }
    json.set("verdict", verdict);
    json.put("outbox_depth", outboxDepth);
    return json;
  }
}
