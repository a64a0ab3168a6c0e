package dev.whorl.sim.firmware;

import dev.whorl.sim.firmware.EmergencyParser.Order;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Klipper and RepRapFirmware have in common against Marlin: line numbers mean nothing to them,
 * of the emergency codes only M112 is obeyed on arrival, and they say little while a command runs.
 */
abstract class WithoutLineNumbers extends Marlin {

  @Override
  boolean numbersCount() {
    return false;
  }

  @Override
  Set<Order> onArrival() {
    return Set.of(Order.KILL);
  }

  @Override
  String waiting(Readings r, String leftS) {
    return report(r);
  }

  @Override
  @Nullable String busy(String with) {
    return null;
  }

  @Override
  boolean saysWhereHomeIs() {
    return false;
  }
}
