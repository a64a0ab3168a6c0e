package dev.whorl.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.gcode.Chirp;
import dev.whorl.gcode.CouponRefused;
import dev.whorl.gcode.Program;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the program that shakes a printer's frame. */
@Command(
    name = "chirp",
    mixinStandardHelpOptions = true,
    description =
        "A program that shakes the frame along one axis while an accelerometer on the toolhead"
            + " records; it homes, heats nothing and wants a clear bed.")
final class ChirpCommand implements Callable<Integer> {
  @Mixin private ConfigOption config;

  /** What can be shaken. */
  enum Along {
    x,
    y
  }

  @Option(names = "--axis", required = true, paramLabel = "x|y", description = "What to shake.")
  private Along axis = Along.x;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the program here instead of to standard output.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print a summary as JSON instead of the program.")
  private boolean json;

  @Override
  public Integer call() {
    PrinterCoupons coupons = ConfigOption.coupons(config.read());
    Program program;
    try {
      program = Chirp.program(coupons.profile(), axis.name().charAt(0));
    } catch (CouponRefused e) {
      throw new UserError(ExitCode.USAGE, String.join("\n", e.problems()), e);
    }
    if (out != null) {
      OutFile.write(out, program.text());
    }
    if (json) {
      ObjectNode object = JsonOut.object();
      object.put("chirp", program.couponId());
      object.put("printer", coupons.profile().printerId());
      object.put("estimate_s", program.estimateS());
      object.put("lines", program.wireLines().size());
      object.put("out", out == null ? null : out.toString());
      JsonOut.print(object);
    } else if (out == null) {
      System.out.print(program.text());
      System.out.flush();
    }
    return ExitCode.DONE;
  }
}
