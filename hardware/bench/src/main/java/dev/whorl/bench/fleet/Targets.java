package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.compare.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is asked of a fleet's figures. */
final class Targets {
  private Targets() {}

  static List<Target> of(
      Rates all,
      Map<String, Alone> scores,
      Map<String, Named> named,
      @Nullable OpenSearch open,
      @Nullable RingingError ringing,
      BeltSlip slip) {
    List<Target> targets = new ArrayList<>();
    targets.add(Target.atMost("FNMR", all.fnmr(), 0.02));
    targets.add(Target.atMost("FNMR, upper limit", all.fnmrLimits().high(), 0.03));
    targets.add(Target.atMost("FMR", all.fmr(), 1e-4));
    targets.add(Target.atMost("FMR, upper limit", all.fmrLimits().high(), 3e-4));
    Alone alone = scores.get(FleetReport.ALL);
    if (alone != null) {
      targets.add(Target.atMost("Cllr", alone.cllr(), 0.02));
      targets.add(Target.atMost("calibration loss", alone.cllr() - alone.cllrMin(), 0.005));
    }
    named.forEach(
        (factor, table) -> {
          String at = factor.equals("1") ? "" : " at " + factor + " times the rates";
          targets.add(Target.atLeast("events named right" + at, table.right(), 0.95));
          for (Event kind : table.table().keySet()) {
            targets.add(Target.atLeast("named right: " + kind.key() + at, table.right(kind), 0.9));
          }
        });
    if (open != null) {
      targets.add(Target.atMost("FNIR at FPIR 1 %", open.points().get(0).fnir(), 0.03));
    }
    if (ringing != null) {
      targets.add(Target.atMost("ringing, Hz", ringing.hzRms(), 1));
      targets.add(Target.atMost("damping, relative", ringing.zetaRms(), 0.15));
    }
    targets.add(Target.atMost("belt slip modulo a tooth, um", slip.rmsUm(), 20));
    return targets;
  }
}
