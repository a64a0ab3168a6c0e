package dev.whorl.sim.camera;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The dark room around each simulated printer of this process: which lamp is lit. Lamps and camera
 * are opened apart from each other and meet only here, as they would in the room.
 */
final class LitLamps {

  private static final Map<String, String> LIT = new ConcurrentHashMap<>();

  private LitLamps() {}

  static void light(String printerPort, String lamp) {
    LIT.put(printerPort, lamp);
  }

  static void putOut(String printerPort) {
    LIT.remove(printerPort);
  }

  static @Nullable String lit(String printerPort) {
    return LIT.get(printerPort);
  }
}
