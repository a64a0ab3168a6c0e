package dev.whorl.gcode.host;

import dev.whorl.gcode.link.Reply;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A host's commands in order: those that wait, and those that the printer is at. */
final class HostQueue {

  private final ArrayDeque<HostCommand> waiting = new ArrayDeque<>();
  private final ArrayDeque<HostCommand> underWay = new ArrayDeque<>();
  private final Consumer<String> tell;
  private @Nullable HostCommand offered;
  private int waitingBytes;
  private int host;

  /**
   * @param tell takes a line for the host
   */
  HostQueue(Consumer<String> tell) {
    this.tell = tell;
  }

  /** Characters that wait, and {@link HostCommand#OVERHEAD} for each command. */
  int waitingBytes() {
    return waitingBytes;
  }

  boolean isEmpty() {
    return waiting.isEmpty() && underWay.isEmpty();
  }

  boolean isAnyWaiting() {
    return !waiting.isEmpty();
  }

  boolean isAnyUnderWay() {
    return !underWay.isEmpty();
  }

  /** Whether a command of this code is at the printer. */
  boolean isUnderWay(String code) {
    return underWay.stream().anyMatch(command -> GcodeWord.isCode(command.text(), code));
  }

  /** Whoever sent what is here has gone: nobody else is told of its end. */
  void hostLeft() {
    host++;
  }

  void clear() {
    waiting.clear();
    underWay.clear();
    waitingBytes = 0;
  }

  /** A command for the printer. */
  void add(String command) {
    add(HostCommand.of(host, command));
  }

  /** A command that these lines answer when its turn comes. */
  void addAnswered(String... answer) {
    add(HostCommand.answered(host, answer));
  }

  private void add(HostCommand command) {
    waiting.add(command);
    waitingBytes += command.cost();
    advance();
  }

  /** Answers what is answered here and has nothing before it. */
  private void advance() {
    HostCommand head = waiting.peek();
    while (head != null && head.isAnsweredHere()) {
      underWay.add(unqueue());
      head = waiting.peek();
    }
    head = underWay.peek();
    while (head != null && head.isAnsweredHere()) {
      underWay.remove();
      answer(head, head.answer());
      head = underWay.peek();
    }
  }

  private HostCommand unqueue() {
    HostCommand command = waiting.remove();
    waitingBytes -= command.cost();
    return command;
  }

  /** The next for the printer; null when there is none. */
  @Nullable String offer() {
    advance();
    offered = waiting.peek();
    return offered == null ? null : offered.text();
  }

  /**
   * What was offered goes out under this number.
   *
   * @return the command; null when the queue was emptied since, though it goes out all the same
   */
  @Nullable String taken(int number) {
    if (offered == null || waiting.peek() != offered) {
      return null;
    }
    HostCommand command = unqueue();
    underWay.add(command.under(number));
    advance();
    return command.text();
  }

  /**
   * Everything up to this number is done.
   *
   * @param acknowledgement what the host is told of a command, by the `ok` if that is its own
   */
  void settled(
      int number,
      Reply.Ok ok,
      BiFunction<String, Reply.@Nullable Ok, List<String>> acknowledgement) {
    HostCommand head = underWay.peek();
    while (head != null && (head.isAnsweredHere() || head.number() <= number)) {
      underWay.remove();
      answer(
          head,
          head.isAnsweredHere()
              ? head.answer()
              : acknowledgement.apply(head.text(), head.number() == number ? ok : null));
      head = underWay.peek();
    }
    advance();
  }

  private void answer(HostCommand command, List<String> lines) {
    if (command.host() == host) {
      lines.forEach(tell);
    }
  }
}
