package dev.whorl.common.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far a long piece of work has come: a bar on a terminal, elsewhere a plain line for every
 * tenth done and every new message, with the time left once that can be told. Goes to standard
 * error, so that standard output stays the answer. Methods may be called from any thread.
 */
public final class Progress implements AutoCloseable {
  private static final int COLUMNS = 100;

  /** Sooner there is nothing to go by, and nobody minds. */
  private static final Duration FIRST_ESTIMATE = Duration.ofSeconds(30);

  private final PrintStream out;
  private final String task;
  private final long total;
  private final @Nullable ProgressBar bar;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private long done;
  private long tenthsShown = -1;
  private String message = "";

  private Progress(
      PrintStream out, String task, long total, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.task = task;
    this.total = Math.max(1, total);
    this.bar =
        terminal
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(this.total)
                .setStyle(ProgressBarStyle.ASCII)
                .setMaxRenderedLength(COLUMNS)
                .setConsumer(new ConsoleProgressBarConsumer(out, COLUMNS))
                .build()
            : null;
  }

  /** Progress on standard error: a bar if that is a terminal. */
  public static Progress of(String task, long total) {
    return new Progress(System.err, task, total, standardErrorIsTerminal(), System::nanoTime);
  }

  /** Plain lines to a stream, whatever it is. */
  public static Progress lines(PrintStream out, String task, long total) {
    return lines(out, task, total, System::nanoTime);
  }

  /** The same by another clock, in nanoseconds. */
  static Progress lines(PrintStream out, String task, long total, LongSupplier nanoTime) {
    return new Progress(out, task, total, false, nanoTime);
  }

  /** Sets how much is done, 0 to the total. */
  public synchronized void to(long newDone) {
    done = Math.max(0, Math.min(total, newDone));
    if (bar != null) {
      bar.stepTo(done);
    } else {
      printIfTenthIsNew();
    }
  }

  /** Adds to what is done. */
  public synchronized void step(long more) {
    to(done + more);
  }

  /** Says what is being done now. */
  public synchronized void message(String newMessage) {
    if (newMessage.equals(message)) {
      return;
    }
    message = newMessage;
    if (bar != null) {
      bar.setExtraMessage(newMessage);
    } else {
      print();
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private void printIfTenthIsNew() {
    long tenths = done * 10 / total;
    if (tenths != tenthsShown) {
      tenthsShown = tenths;
      print();
    }
  }

  private void print() {
    String suffix = message.isEmpty() ? "" : ": " + message;
    out.println(task + " " + done * 100 / total + " %" + left() + suffix);
  }

  private String left() {
    Duration spent = Duration.ofNanos(nanoTime.getAsLong() - startNanos);
    if (done == 0 || done == total || spent.compareTo(FIRST_ESTIMATE) < 0) {
      return "";
    }
    double minutes = spent.toSeconds() / 60.0 * (total - done) / done;
    return minutes < 90
        ? String.format(Locale.ROOT, ", about %.0f min left", Math.ceil(minutes))
        : String.format(Locale.ROOT, ", about %.1f h left", minutes / 60);
  }

  /** {@code System.console} speaks of standard input and output; what matters here is error. */
  private static boolean standardErrorIsTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }
}
