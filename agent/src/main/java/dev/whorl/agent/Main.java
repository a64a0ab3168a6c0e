package dev.whorl.agent;

import dev.whorl.agent.cli.AgentCommand;
import dev.whorl.agent.cli.CmdCommand;
import dev.whorl.common.cli.Cli;
import java.util.Arrays;

/** Starts the agent's command line: {@code whorl agent ...} and {@code whorl cmd ...}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    boolean cmd = args.length > 0 && args[0].equals("cmd");
    int code =
        cmd
            ? Cli.run(new CmdCommand(), Arrays.copyOfRange(args, 1, args.length))
            : Cli.run(new AgentCommand(), args);
    System.exit(code);
  }
}
