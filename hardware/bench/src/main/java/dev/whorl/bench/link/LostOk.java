package dev.whorl.bench.link;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Claim 3: answers that get lost. How long does it take to notice, and is a line done twice? */
final class LostOk implements Item {

  private static final int LINES = 500;

  /** The link's patience with a silent printer (5 s), and one more second. */
  private static final long LONGEST_STALL_MS = 6_000;

  private static final Duration LIMIT = Duration.ofMinutes(4);

  @Override
  public String name() {
    return "lost-ok";
  }

  @Override
  public List<Finding> look(Bench bench) throws IOException, InterruptedException {
    return FaultRun.each(bench, name(), "lost-ok=0.01", bench.amount(LINES), LIMIT, this::finding);
  }

  private Finding finding(FaultRun run) {
    Sending sending = run.sending();
    return new Finding(
        name(),
        run.dialect().name(),
        run.measured(
            String.format(
                Locale.ROOT,
                "%d lines, longest stall %.1f s, ",
                run.lines(),
                sending.stallMs() / 1e3)),
        "recovered within the timeout of 5 s plus 1 s, no line twice",
        sending.done() && run.executed().identical() && sending.stallMs() <= LONGEST_STALL_MS,
        Map.of(
            "lines", run.lines(),
            "longest_stall_ms", sending.stallMs(),
            "executed", run.executed()));
  }
}
