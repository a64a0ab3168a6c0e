package dev.whorl.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.agent.service.NotBuilt;
import dev.whorl.agent.service.OneCapture;
import dev.whorl.agent.service.StateLock;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.Progress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Photographs the coupon that lies on the bed. */
@Command(
    name = "capture",
    mixinStandardHelpOptions = true,
    description =
        "Photograph the coupon that lies on the bed: <lamp>.png, dark.png and capture.json.")
final class CaptureCommand implements Callable<Integer> {
  @Mixin private ConfigOption configOption;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the frames go; made if it is not there.")
  private Path out;

  @Option(names = "--json", description = "Print what was written as JSON.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    AgentConfig config = configOption.read();
    NotBuilt.refuse(config);
    PrinterCoupons coupons = ConfigOption.coupons(config);
    OutFile.folder(out);
    int frames = config.lamps().lamps().size() + 1;
    String slot;
    try (StateLock lock = StateLock.take(config.agent().stateDir(), "capture");
        Progress progress = Progress.of(config.printer().id(), frames)) {
      slot =
          OneCapture.take(
              config,
              coupons,
              out,
              (done, total, lamp) -> {
                progress.message("lamp " + lamp);
                progress.to(done);
              });
    }
    if (json) {
      ObjectNode object = JsonOut.object();
      object.put("capture", out.resolve("capture.json").toString());
      object.put("frames", frames);
      object.put("slot", slot);
      JsonOut.print(object);
    } else {
      System.out.println(out + ": " + frames + " frames of the coupon at slot " + slot);
    }
    return ExitCode.DONE;
  }
}
