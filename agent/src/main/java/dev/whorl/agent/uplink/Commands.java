package dev.whorl.agent.uplink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whorl.common.envelope.EnvelopeException;
import dev.whorl.common.envelope.VerifyingKey;
import dev.whorl.common.mqtt.Message;
import dev.whorl.common.mqtt.Topic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes signed commands of the operators. Ignored without an answer: retained ones, and ones that
 * no operator signed for this printer. Refused with a reason: expired ones, ones seen before, and
 * before the time is known everything but cool and abort.
 */
final class Commands {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  /** A command good for longer would have to be remembered for longer. */
  private static final Duration LONGEST_VALIDITY = Duration.ofDays(1);

  private final String printer;
  private final List<VerifyingKey> operators;
  private final boolean allowClearBed;
  private final RememberedIds ids;
  private final CommandTarget target;
  private final InstantSource clock;
  private final BooleanSupplier timeSynced;

  Commands(
      String printer,
      List<VerifyingKey> operators,
      boolean allowClearBed,
      RememberedIds ids,
      CommandTarget target,
      InstantSource clock,
      BooleanSupplier timeSynced) {
    this.printer = printer;
    this.operators = List.copyOf(operators);
    this.allowClearBed = allowClearBed;
    this.ids = ids;
    this.target = target;
    this.clock = clock;
    this.timeSynced = timeSynced;
  }

  /**
   * What became of a command.
   *
   * @param reason why not; empty when it is done or will be
   */
  record Outcome(String id, boolean ok, String reason) {}

  /** Carries out a message; empty when it deserves no answer. */
  Optional<Outcome> take(Message message) {
    if (message.retained()) {
      LOG.warn("a retained command was ignored");
      return Optional.empty();
    }
    JsonNode command;
    String by;
    try {
      command = RegistryVoice.believe(Topic.CMD, message.payload(), operators, printer);
      by = "operator " + RegistryVoice.signer(message.payload(), operators);
    } catch (EnvelopeException e) {
      LOG.warn("a command was ignored: {}", e.getMessage());
      return Optional.empty();
    }
    String id = command.path("id").asText();
    String verb = command.path("verb").asText();
    String refusal = refusal(id, verb, Instant.parse(command.path("not_after").asText()));
    if (refusal == null) {
      refusal = carryOut(verb, by);
    }
    LOG.info("command {} {} of {}: {}", verb, id, by, refusal == null ? "taken" : refusal);
    return Optional.of(new Outcome(id, refusal == null, refusal == null ? "" : refusal));
  }

  private @Nullable String refusal(String id, String verb, Instant notAfter) {
    Instant now = clock.instant();
    boolean harmless = verb.equals("cool") || verb.equals("abort");
    if (!timeSynced.getAsBoolean()) {
      if (!harmless) {
        return "the agent does not know the time yet; only cool and abort are taken";
      }
    } else if (notAfter.isBefore(now)) {
      return "expired at " + notAfter;
    } else if (notAfter.isAfter(now.plus(LONGEST_VALIDITY))) {
      return "good for longer than a day; send it with an earlier not_after";
    }
    try {
      return ids.take(id, notAfter, now) ? null : "a command of this id was taken before";
    } catch (IOException e) {
      // Cooling and ending a run twice does no harm; anything else might.
      return harmless ? null : "the id cannot be remembered: " + e.getMessage();
    }
  }

  private @Nullable String carryOut(String verb, String by) {
    return switch (verb) {
      case "enroll" -> target.enroll(by);
      case "clear-bed" ->
          allowClearBed
              ? target.clearBed(by)
              : "mqtt.allow_clear_bed is false: clear the bed at the printer";
      case "cool" -> target.cool(by);
      case "abort" -> target.abort(by);
      default -> "no such verb";
    };
  }
}
