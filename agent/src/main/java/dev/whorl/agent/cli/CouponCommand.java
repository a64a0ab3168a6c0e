package dev.whorl.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.run.PrinterCoupons;
import dev.whorl.agent.run.Slot;
import dev.whorl.gcode.CouponPreview;
import dev.whorl.gcode.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the exact program that this printer would be sent. */
@Command(
    name = "coupon",
    mixinStandardHelpOptions = true,
    description = "The exact program this printer would be sent, for its first slot.")
final class CouponCommand implements Callable<Integer> {
  @Mixin private ConfigOption config;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the program here instead of to standard output.")
  private @Nullable Path out;

  @Option(names = "--preview", paramLabel = "FILE.png", description = "Draw the coupon.")
  private @Nullable Path preview;

  @Option(names = "--json", description = "Print a summary as JSON instead of the program.")
  private boolean json;

  @Override
  public Integer call() {
    PrinterCoupons coupons = ConfigOption.coupons(config.read());
    Slot slot = coupons.slots().get(0);
    Program program = coupons.program(slot);
    if (out != null) {
      OutFile.write(out, program.text());
    }
    if (preview != null) {
      OutFile.write(preview, CouponPreview.png(coupons.profile(), program));
    }
    if (json) {
      JsonOut.print(summary(coupons, program));
    } else if (out == null && preview == null) {
      System.out.print(program.text());
      System.out.flush();
    }
    return 0;
  }

  private ObjectNode summary(PrinterCoupons coupons, Program program) {
    ObjectNode object = JsonOut.object();
    object.put("coupon", program.couponId());
    object.put("printer", coupons.profile().printerId());
    object.putArray("slot_mm").add(program.slotXMm()).add(program.slotYMm());
    ArrayNode slots = object.putArray("slots_mm");
    coupons.slots().forEach(s -> slots.addArray().add(s.xMm()).add(s.yMm()));
    object.put("estimate_s", program.estimateS());
    object.put("lines", program.wireLines().size());
    ArrayNode bounds = object.putArray("bounds_mm");
    List.of(
            program.bounds().x0(),
            program.bounds().y0(),
            program.bounds().x1(),
            program.bounds().y1())
        .forEach(bounds::add);
    object.put("out", out == null ? null : out.toString());
    object.put("preview", preview == null ? null : preview.toString());
    return object;
  }
}
