package dev.whorl.agent;

import dev.whorl.agent.cli.AgentCommand;
import dev.whorl.common.cli.Cli;

/** Starts the agent's command line: {@code whorl agent ...} and {@code whorl cmd ...}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    int code = Cli.run(new AgentCommand(), args);
    System.exit(code);
  }
}
