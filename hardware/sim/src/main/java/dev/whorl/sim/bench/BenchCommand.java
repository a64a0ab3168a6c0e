package dev.whorl.sim.bench;

import picocli.CommandLine.Command;

/** {@code whorl bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures parts of Whorl on this machine, beside what is asked of them.",
    subcommands = LinkBenchCommand.class)
public final class BenchCommand {}
