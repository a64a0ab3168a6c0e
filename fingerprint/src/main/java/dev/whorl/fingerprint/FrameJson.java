package dev.whorl.fingerprint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What the frame and the bed say, as JSON within a fingerprint. */
final class FrameJson {
  private FrameJson() {}

  static void write(ObjectNode node, VibrationComponent vibration) {
    write(node, "x", vibration.x());
    write(node, "y", vibration.y());
  }

  static void write(ObjectNode node, MeshComponent mesh) {
    node.put("columns", mesh.columns());
    node.put("rows", mesh.rows());
    tenths(node.putArray("heights_um"), mesh.heightsUm());
    FingerprintJson.number(node, "height_se_um", mesh.heightSeUm());
    FingerprintJson.number(node, "tilt_x_um", mesh.tiltXUm());
    FingerprintJson.number(node, "tilt_y_um", mesh.tiltYUm());
  }

  static VibrationComponent vibration(JsonObject node) throws FingerprintFormatException {
    VibrationComponent vibration =
        new VibrationComponent(resonance(node.optional("x")), resonance(node.optional("y")));
    node.refuseUnknown();
    return vibration;
  }

  static MeshComponent mesh(JsonObject node) throws FingerprintFormatException {
    int columns = node.integer("columns", MeshComponent.LEAST, MeshComponent.MOST);
    int rows = node.integer("rows", MeshComponent.LEAST, MeshComponent.MOST);
    MeshComponent mesh =
        new MeshComponent(
            columns,
            rows,
            node.numbers("heights_um", columns * rows),
            node.positive("height_se_um"),
            node.number("tilt_x_um"),
            node.number("tilt_y_um"));
    node.refuseUnknown();
    return mesh;
  }

  private static void write(ObjectNode parent, String name, @Nullable Resonance resonance) {
    if (resonance == null) {
      return;
    }
    ObjectNode node = parent.putObject(name);
    FingerprintJson.number(node, "hz", resonance.frequencyHz());
    FingerprintJson.number(node, "se_hz", resonance.frequencySeHz());
    FingerprintJson.number(node, "zeta", resonance.zeta());
    FingerprintJson.number(node, "zeta_se", resonance.zetaSe());
    if (resonance.bandsDb() != null) {
      tenths(node.putArray("bands_db"), resonance.bandsDb());
    }
  }

  private static @Nullable Resonance resonance(@Nullable JsonObject node)
      throws FingerprintFormatException {
    if (node == null) {
      return null;
    }
    Resonance resonance =
        new Resonance(
            node.positive("hz"),
            node.positive("se_hz"),
            node.positive("zeta"),
            node.positive("zeta_se"),
            node.optionalNumbers("bands_db", Resonance.BANDS));
    node.refuseUnknown();
    return resonance;
  }

  /** A tenth of a decibel or of a micrometre is finer than any of them is known. */
  private static void tenths(ArrayNode array, double[] values) {
    for (double value : values) {
      array.add(Math.rint(value * 10) / 10 + 0.0);
    }
  }
}
