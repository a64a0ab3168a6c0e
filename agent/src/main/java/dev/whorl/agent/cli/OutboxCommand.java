package dev.whorl.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.outbox.DeadLetter;
import dev.whorl.agent.outbox.Outbox;
import dev.whorl.agent.outbox.OutboxException;
import dev.whorl.agent.outbox.OutboxItem;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what waits for the registry, and what the registry refused. */
@Command(
    name = "outbox",
    mixinStandardHelpOptions = true,
    description = "What waits for the registry's receipt, and what it refused.")
final class OutboxCommand implements Callable<Integer> {
  @Mixin private ConfigOption configOption;

  @Option(names = "--json", description = "Print it as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    AgentConfig config = configOption.read();
    Path file = config.agent().stateDir().resolve("outbox.db");
    List<OutboxItem> items = List.of();
    List<DeadLetter> dead = List.of();
    if (Files.exists(file)) {
      // SQLite lets a second process read beside the agent.
      try (Outbox outbox = Outbox.open(file, Clock.systemUTC())) {
        items = outbox.items();
        dead = outbox.deadLetters();
      } catch (OutboxException e) {
        throw new UserError(ExitCode.HARDWARE, String.valueOf(e.getMessage()), e);
      }
    }
    if (json) {
      JsonOut.print(toJson(items, dead));
    } else {
      items.forEach(
          i ->
              System.out.printf(
                  "waiting  %-11s %s  since %s, sent %d times%n",
                  i.kind().label(), i.digest(), i.createdAt(), i.attempts()));
      dead.forEach(
          d ->
              System.out.printf(
                  "refused  %-11s %s  at %s: %s%n",
                  d.kind().label(), d.digest(), d.at(), d.reason()));
      System.out.println(items.size() + " waiting, " + dead.size() + " refused");
    }
    return ExitCode.DONE;
  }

  private static ObjectNode toJson(List<OutboxItem> items, List<DeadLetter> dead) {
    ObjectNode json = JsonOut.object();
    ArrayNode waiting = json.putArray("waiting");
    for (OutboxItem item : items) {
      waiting
          .addObject()
          .put("kind", item.kind().label())
          .put("digest", item.digest())
          .put("since", item.createdAt().toString())
          .put("attempts", item.attempts())
          .put("next", item.nextAt().toString());
    }
    ArrayNode letters = json.putArray("dead");
    for (DeadLetter letter : dead) {
      letters
          .addObject()
          .put("kind", letter.kind().label())
          .put("digest", letter.digest())
          .put("reason", letter.reason())
          .put("at", letter.at().toString());
    }
    return json;
  }
}
