package dev.whorl.bench.link;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a printer executed, beside the program it was sent. Only the program's own kind of command
 * counts: hosts ask for temperatures and set line numbers in between.
 *
 * @param identical the same commands in the same order, byte by byte
 * @param twice executions more than asked for, of commands that are in the program
 * @param missing commands of the program that were not executed
 * @param altered executed commands that are not in the program: damaged on their way
 */
record Executed(boolean identical, int twice, int missing, int altered) {

  private static final Set<String> OF_THE_HOST =
      Set.of("M105", "M110", "M115", "M155", "M104", "M140", "M555", "M114", "M400", "M108");

  /** Compares. */
  static Executed of(List<String> program, List<String> executed) {
    List<String> own = executed.stream().filter(Executed::isProgram).toList();
    Map<String, Integer> left = new HashMap<>();
    program.forEach(command -> left.merge(command, 1, Integer::sum));
    int twice = 0;
    int altered = 0;
    for (String command : own) {
      Integer count = left.get(command);
      if (count == null) {
        altered++;
      } else {
        left.put(command, count - 1);
        if (count <= 0) {
          twice++;
        }
      }
    }
    int missing = left.values().stream().mapToInt(count -> Math.max(0, count)).sum();
    return new Executed(own.equals(program), twice, missing, altered);
  }

  private static boolean isProgram(String command) {
    int space = command.indexOf(' ');
    return !OF_THE_HOST.contains(space < 0 ? command : command.substring(0, space));
  }

  @Override
  public String toString() {
    return identical
        ? "executed as sent"
        : "%d twice, %d missing, %d altered".formatted(twice, missing, altered);
  }
}
