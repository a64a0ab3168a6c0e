package dev.whorl.agent.capture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.agent.config.AgentConfig;
import dev.whorl.common.files.AtomicFile;
import dev.whorl.gcode.CouponProfile;
import dev.whorl.gcode.Program;
import dev.whorl.hardware.Exposure;
import dev.whorl.hardware.LampSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Writes {@code capture.json}, which makes a folder of frames a capture. */
public final class CaptureFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private CaptureFile() {}

  /** The file's name of a lamp's frame, or of the dark one. */
  public static String frameName(String lamp) {
    return lamp + ".png";
  }

  /**
   * Writes the file, whole or not at all; written last, it says that the frames are complete.
   *
   * @param file {@code capture.json} in the frames' folder
   * @param pxPerMm a first guess of the scale, not calibrated
   */
  public static void write(
      Path file,
      AgentConfig config,
      CouponProfile profile,
      Program program,
      Instant time,
      double pxPerMm)
      throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("v", 1);
    json.put("printer", config.printer().id());
    json.put("coupon", program.couponId());
    json.putArray("slot_mm").add(program.slotXMm()).add(program.slotYMm());
    json.put("time", time.toString());
    json.put("kinematics", config.printer().kinematics());
    ArrayNode pulley = json.putArray("pulley_mm");
    config.printer().pulleyMm().forEach(pulley::add);
    json.put("nozzle_mm", config.printer().nozzleMm());
    json.put("filament", config.printer().filament());
    json.set("profile", ProfileJson.write(profile));
    json.put("px_per_mm", pxPerMm);
    json.put("metric", false);
    json.put("transfer", config.mount().transfer());
    json.put("dark", frameName(Exposure.DARK));
    json.put("exposure_us", config.camera().exposureUs());
    ArrayNode lamps = json.putArray("lamps");
    for (LampSettings lamp : config.lamps().lamps()) {
      ObjectNode entry = lamps.addObject();
      entry.put("name", lamp.name());
      entry.put("file", frameName(lamp.name()));
      entry.put("azimuth_deg", lamp.azimuthDeg());
      entry.put("elevation_deg", lamp.elevationDeg());
      if (lamp.distanceMm() != null) {
        entry.put("distance_mm", lamp.distanceMm());
      }
    }
    AtomicFile.write(file, JSON.writeValueAsBytes(json));
  }
}
