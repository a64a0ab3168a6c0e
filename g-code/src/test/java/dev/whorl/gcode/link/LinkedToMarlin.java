package dev.whorl.gcode.link;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A link, and at the other end of its cable a Marlin that does what its script says. */
@Timeout(60)
abstract class LinkedToMarlin {
  static final Duration SHORT = Duration.ofSeconds(10);

  final ShiftableTime time = new ShiftableTime();
  final Cable cable = new Cable();
  final ScriptedMarlin marlin = new ScriptedMarlin(cable);
  final List<Reply> heard = new CopyOnWriteArrayList<>();
  PrinterLink link;

  @BeforeEach
  void open() {
    link = PrinterLink.open(cable, LinkSettings.at(115200), heard::add, time);
  }

  @AfterEach
  void close() throws Exception {
    CompletableFuture<Void> close =
        inBackground(
            () -> {
              link.close();
              return null;
            });
    // Some printers end halted or gone: a failure is no matter here.
    failureOf(close);
    marlin.close();
  }

  Hello hello() throws LinkException {
    marlin.power();
    marlin.say("start");
    return link.hello();
  }

  static List<String> moves(int count) {
    return IntStream.range(0, count).mapToObj(i -> "G1 X%d Y10 F1200".formatted(i)).toList();
  }

  interface Call<T> {
    T run() throws Exception;
  }

  static <T> CompletableFuture<T> inBackground(Call<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(call.run());
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  CompletableFuture<Void> stream(List<String> lines) {
    return inBackground(
        () -> {
          link.stream(lines, (d, t) -> {});
          return null;
        });
  }

  /** Streams, with the time set forward whenever the printer has been quiet for a while. */
  void streamForwarding(List<String> lines) throws Exception {
    CompletableFuture<Void> stream = stream(lines);
    forwardUntil(stream::isDone, Duration.ofSeconds(1));
    stream.get();
  }

  void forwardUntil(Callable<Boolean> done, Duration step) {
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              boolean is = done.call();
              if (!is) {
                time.forward(step);
              }
              return is;
            });
  }

  Throwable failureOf(CompletableFuture<?> future) {
    forwardUntil(future::isDone, Duration.ofMillis(500));
    return future.handle((value, failure) -> failure).join();
  }

  static int numberOf(String line) {
    return Integer.parseInt(line.substring(1, line.indexOf(' ')));
  }
}
