package dev.whorl.bench.link;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Claim 2: one byte changed in 1 % of the lines both ways; is the program executed as it is? */
final class Corruption implements Item {

  private static final int LINES = 50_000;
  private static final long LONGEST_STALL_MS = 5_000;

  /** See docs/link.md, "What cannot be defended": one in 2500 is expected. */
  private static final int UNCHECKED_ONE_IN = 1_000;

  private static final Duration LIMIT = Duration.ofMinutes(8);

  @Override
  public String name() {
    return "corruption";
  }

  @Override
  public List<Finding> look(Bench bench) throws IOException, InterruptedException {
    return FaultRun.each(bench, name(), "corrupt=0.01", bench.amount(LINES), LIMIT, this::finding);
  }

  private Finding finding(FaultRun run) {
    Sending sending = run.sending();
    Dialects dialect = run.dialect();
    return new Finding(
        name(),
        dialect.name(),
        run.measured(
            String.format(
                Locale.ROOT,
                "%.0f lines/s, longest stall %d ms, ",
                sending.linesPerS(),
                sending.stallMs())),
        dialect.insists()
            ? "executed as sent, no stall over 5 s"
            : "none twice, altered only what this firmware does not check: at most one line"
                + " in 1000; no stall over 5 s",
        sending.done()
            && (run.executed().identical() || !dialect.insists() && unchecked(run))
            && sending.stallMs() <= LONGEST_STALL_MS,
        Map.of(
            "lines",
            run.lines(),
            "lines_per_s",
            sending.linesPerS(),
            "longest_stall_ms",
            sending.stallMs(),
            "executed",
            run.executed()));
  }

  /** Whether all that differs is lines of which the firmware did not see the damage. */
  private static boolean unchecked(FaultRun run) {
    Executed executed = run.executed();
    return executed.twice() == 0
        && executed.missing() == executed.altered()
        && executed.altered() * UNCHECKED_ONE_IN <= run.lines();
  }
}
