package dev.whorl.fingerprint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprints as JSON: one object of at most {@value #MAX_BYTES} bytes. The same fingerprint gives
 * the same bytes, and what was read is written back as it was.
 */
public final class FingerprintJson {
  /** The longest fingerprint written or read. */
  public static final int MAX_BYTES = 8192;

  private static final int VERSION = 1;

  /** Five digits keep 0.01 um of 100 um; a covariance needs more to stay positive definite. */
  private static final MathContext VALUE = new MathContext(5);

  private static final MathContext COVARIANCE = new MathContext(7);

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(16).build())
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private FingerprintJson() {}

  /** The fingerprint as UTF-8 JSON on one line. */
  public static byte[] write(Fingerprint fingerprint) {
    byte[] bytes;
    try {
      bytes = MAPPER.writeValueAsBytes(tree(fingerprint));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a fingerprint could not be written", e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IllegalStateException(
          "a fingerprint of " + bytes.length + " bytes exceeds the " + MAX_BYTES + " allowed");
    }
    return bytes;
  }

  /** The fingerprint as a JSON tree, to be put into a larger object. */
  public static ObjectNode tree(Fingerprint f) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("v", VERSION);
    root.put("algorithm", f.algorithm());
    root.put("printer", f.printer());
    root.put("coupon", f.coupon());
    root.put("time", f.time().toString());
    pair(root, "slot_mm", f.slotXMm(), f.slotYMm());
    root.put("kinematics", f.kinematics().key());
    pair(root, "pulley_mm", f.pulleyXMm(), f.pulleyYMm());
    number(root, "nozzle_mm", f.nozzleMm());
    ObjectNode claim = root.putObject("claim");
    claim.put("short_id", f.claim().shortId());
    claim.put("version", f.claim().version());
    claim.put("agrees", f.claim().agrees());
    writeQuality(root.putObject("quality"), f.quality());
    ObjectNode components = root.putObject("components");
    if (f.nozzle() != null) {
      writeNozzle(components.putObject("nozzle"), f.nozzle());
    }
    for (AxisComponent axis : f.axes().values()) {
      writeAxis(components.putObject(axis.axis().component()), axis);
    }
    if (f.ringing() != null) {
      ObjectNode ringing = components.putObject("ringing");
      writeRing(ringing, "x", f.ringing().x());
      writeRing(ringing, "y", f.ringing().y());
    }
    if (f.flow() != null) {
      ObjectNode flow = components.putObject("flow");
      number(flow, "gear_period_mm", f.flow().gearPeriodMm());
      number(flow, "gear_period_se_mm", f.flow().gearPeriodSeMm());
      number(flow, "gear_amplitude", f.flow().gearAmplitude());
      number(flow, "gear_amplitude_se", f.flow().gearAmplitudeSe());
    }
    if (f.geometry() != null) {
      ObjectNode geometry = components.putObject("geometry");
      number(geometry, "skew_mrad", f.geometry().skewMrad());
      number(geometry, "skew_se_mrad", f.geometry().skewSeMrad());
      number(geometry, "scale_x_ppm", f.geometry().scaleXPpm());
      number(geometry, "scale_x_se_ppm", f.geometry().scaleXSePpm());
      number(geometry, "scale_y_ppm", f.geometry().scaleYPpm());
      number(geometry, "scale_y_se_ppm", f.geometry().scaleYSePpm());
    }
    if (f.vibration() != null) {
      ObjectNode vibration = components.putObject("vibration");
      writeResonance(vibration, "x", f.vibration().x());
      writeResonance(vibration, "y", f.vibration().y());
    }
    if (f.mesh() != null) {
      numbers(components.putObject("mesh"), "shape_um", f.mesh().shapeUm(), COVARIANCE);
    }
    return root;
  }

  /** Reads what {@link #write} wrote; anything else is refused in one line. */
  public static Fingerprint read(byte[] json) throws FingerprintFormatException {
    if (json.length > MAX_BYTES) {
      throw new FingerprintFormatException(
          "not a fingerprint: " + json.length + " bytes, at most " + MAX_BYTES + " are allowed");
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new FingerprintFormatException(
          "not a fingerprint: broken JSON at line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + ", column "
              + (e.getLocation() == null ? "?" : e.getLocation().getColumnNr()));
    } catch (java.io.IOException e) {
      throw new FingerprintFormatException("not a fingerprint: not text in UTF-8");
    }
    return read(root);
  }

  /** Reads the object that {@link #tree} made. */
  public static Fingerprint read(JsonNode root) throws FingerprintFormatException {
    JsonObject object = JsonObject.of(root, "");
    int version = object.integer("v", 0, Integer.MAX_VALUE);
    if (version != VERSION) {
      throw new FingerprintFormatException(
          "a fingerprint of version " + version + " is not known here; only " + VERSION + " is");
    }
    double[] slot = object.numbers("slot_mm", 2);
    double[] pulley = object.numbers("pulley_mm", 2);
    JsonObject components = object.object("components");
    Map<Axis, AxisComponent> axes = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      JsonObject node = components.optional(axis.component());
      if (node != null) {
        axes.put(axis, readAxis(node, axis));
      }
    }
    JsonObject nozzle = components.optional("nozzle");
    JsonObject ringing = components.optional("ringing");
    JsonObject flow = components.optional("flow");
    JsonObject geometry = components.optional("geometry");
    JsonObject vibration = components.optional("vibration");
    JsonObject mesh = components.optional("mesh");
    Fingerprint fingerprint =
        new Fingerprint(
            object.text("algorithm"),
            object.text("printer"),
            object.text("coupon"),
            object.instant("time"),
            slot[0],
            slot[1],
            object.oneOf("kinematics", List.of(Kinematics.values()), Kinematics::key),
            pulley[0],
            pulley[1],
            object.positive("nozzle_mm"),
            readClaim(object.object("claim")),
            readQuality(object.object("quality")),
            nozzle == null ? null : readNozzle(nozzle),
            axes,
            ringing == null
                ? null
                : new RingingComponent(
                    readRing(ringing.optional("x")), readRing(ringing.optional("y"))),
            flow == null
                ? null
                : new FlowComponent(
                    flow.positive("gear_period_mm"),
                    flow.positive("gear_period_se_mm"),
                    flow.notNegative("gear_amplitude"),
                    flow.positive("gear_amplitude_se")),
            geometry == null
                ? null
                : new GeometryComponent(
                    geometry.number("skew_mrad"),
                    geometry.positive("skew_se_mrad"),
                    geometry.number("scale_x_ppm"),
                    geometry.positive("scale_x_se_ppm"),
                    geometry.number("scale_y_ppm"),
                    geometry.positive("scale_y_se_ppm")),
            vibration == null
                ? null
                : new VibrationComponent(
                    readResonance(vibration.optional("x")), readResonance(vibration.optional("y"))),
            mesh == null
                ? null
                : new MeshComponent(
                    mesh.numbers("shape_um", MeshComponent.SIDE * MeshComponent.SIDE)));
    for (JsonObject part :
        new JsonObject[] {ringing, flow, geometry, vibration, mesh, components, object}) {
      if (part != null) {
        part.refuseUnknown();
      }
    }
    return fingerprint;
  }

  private static Claim readClaim(JsonObject node) throws FingerprintFormatException {
    Claim claim =
        new Claim(
            node.optionalInteger("short_id", 0, (1 << 23) - 1),
            node.optionalInteger("version", 0, Integer.MAX_VALUE),
            node.optionalFlag("agrees"));
    node.refuseUnknown();
    return claim;
  }

  private static void writeQuality(ObjectNode node, Quality q) {
    number(node, "px_per_mm", q.pxPerMm());
    node.put("lamps", q.lamps());
    node.put("ambient_assumed", q.ambientAssumed());
    node.put("markers", q.markers());
    number(node, "marker_residual_um", q.markerResidualUm());
    number(node, "registration_um", q.registrationUm());
    number(node, "traced", q.traced());
    number(node, "lateral_noise_um", q.lateralNoiseUm());
    number(node, "width_noise", q.widthNoise());
  }

  private static Quality readQuality(JsonObject node) throws FingerprintFormatException {
    Quality quality =
        new Quality(
            node.positive("px_per_mm"),
            node.integer("lamps", 0, 1000),
            node.flag("ambient_assumed"),
            node.integer("markers", 0, 4),
            node.notNegative("marker_residual_um"),
            node.notNegative("registration_um"),
            node.notNegative("traced"),
            node.notNegative("lateral_noise_um"),
            node.notNegative("width_noise"));
    node.refuseUnknown();
    return quality;
  }

  private static void writeAxis(ObjectNode node, AxisComponent axis) {
    numbers(node, "periods_mm", axis.periodsMm(), VALUE);
    numbers(node, "values_um", axis.valuesUm(), VALUE);
    numbers(node, "covariance_um2", axis.covarianceUm2(), COVARIANCE);
    if (axis.backlashUm() != null && axis.backlashSeUm() != null) {
      number(node, "backlash_um", axis.backlashUm());
      number(node, "backlash_se_um", axis.backlashSeUm());
    }
    number(node, "scatter_um", axis.scatterUm());
    node.put("beads", axis.beads());
  }

  private static AxisComponent readAxis(JsonObject node, Axis axis)
      throws FingerprintFormatException {
    double[] periods = node.numbers("periods_mm", 1, 16);
    for (double period : periods) {
      if (period <= 0) {
        throw node.bad("periods_mm", "must all be above 0");
      }
    }
    int values = 2 * periods.length;
    Double backlash = node.optionalNumber("backlash_um");
    Double backlashSe = node.optionalNumber("backlash_se_um");
    if ((backlash == null) != (backlashSe == null)) {
      throw node.bad("backlash_um", "and backlash_se_um come only together");
    }
    AxisComponent component =
        new AxisComponent(
            axis,
            periods,
            node.numbers("values_um", values),
            node.numbers("covariance_um2", values * (values + 1) / 2),
            backlash,
            backlashSe,
            node.notNegative("scatter_um"),
            node.integer("beads", 0, 100_000));
    for (int i = 0; i < values; i++) {
      if (component.covariance(i, i) <= 0) {
        throw node.bad("covariance_um2", "has a variance that is not above 0");
      }
    }
    node.refuseUnknown();
    return component;
  }

  private static void writeRing(ObjectNode parent, String name, @Nullable Ring ring) {
    if (ring == null) {
      return;
    }
    ObjectNode node = parent.putObject(name);
    number(node, "hz", ring.frequencyHz());
    number(node, "se_hz", ring.frequencySeHz());
    number(node, "zeta", ring.zeta());
    number(node, "zeta_se", ring.zetaSe());
    number(node, "amplitude_um", ring.amplitudeUm());
    number(node, "amplitude_se_um", ring.amplitudeSeUm());
  }

  private static @Nullable Ring readRing(@Nullable JsonObject node)
      throws FingerprintFormatException {
    if (node == null) {
      return null;
    }
    Ring ring =
        new Ring(
            node.positive("hz"),
            node.positive("se_hz"),
            node.number("zeta"),
            node.positive("zeta_se"),
            node.notNegative("amplitude_um"),
            node.positive("amplitude_se_um"));
    node.refuseUnknown();
    return ring;
  }

  private static void writeResonance(
      ObjectNode parent, String name, @Nullable Resonance resonance) {
    if (resonance == null) {
      return;
    }
    ObjectNode node = parent.putObject(name);
    number(node, "hz", resonance.frequencyHz());
    number(node, "se_hz", resonance.frequencySeHz());
    number(node, "zeta", resonance.zeta());
    number(node, "zeta_se", resonance.zetaSe());
    numbers(node, "bands_db", resonance.bandsDb(), COVARIANCE);
  }

  private static @Nullable Resonance readResonance(@Nullable JsonObject node)
      throws FingerprintFormatException {
    if (node == null) {
      return null;
    }
    Resonance resonance =
        new Resonance(
            node.positive("hz"),
            node.positive("se_hz"),
            node.notNegative("zeta"),
            node.positive("zeta_se"),
            node.numbers("bands_db", Resonance.BANDS));
    node.refuseUnknown();
    return resonance;
  }

  private static void writeNozzle(ObjectNode node, NozzleComponent nozzle) {
    number(node, "step_um", nozzle.stepUm());
    writePloughs(node.putArray("strokes"), nozzle.strokes());
    writePloughs(node.putArray("rasters"), nozzle.rasters());
  }

  private static NozzleComponent readNozzle(JsonObject node) throws FingerprintFormatException {
    NozzleComponent nozzle =
        new NozzleComponent(
            node.positive("step_um"),
            readPloughs(node.objects("strokes", 16)),
            readPloughs(node.objects("rasters", 16)));
    node.refuseUnknown();
    return nozzle;
  }

  private static void writePloughs(ArrayNode array, List<Plough> ploughs) {
    for (Plough plough : ploughs) {
      ObjectNode node = array.addObject();
      number(node, "heading_deg", plough.headingDeg());
      double[] slopes = plough.slopes();
      double peak = 0;
      for (double slope : slopes) {
        peak = Math.max(peak, Math.abs(slope));
      }
      double unit = peak == 0 ? 1 : round(peak / 127, VALUE);
      byte[] steps = new byte[slopes.length];
      for (int i = 0; i < steps.length; i++) {
        steps[i] = (byte) Math.max(-127, Math.min(127, Math.round(slopes[i] / unit)));
      }
      node.put("unit", unit);
      node.put("slopes", Base64.getEncoder().encodeToString(steps));
      number(node, "reliability", plough.reliability());
      number(node, "noise", plough.noise());
    }
  }

  private static List<Plough> readPloughs(List<JsonObject> nodes)
      throws FingerprintFormatException {
    List<Plough> ploughs = new java.util.ArrayList<>();
    for (JsonObject node : nodes) {
      double unit = node.positive("unit");
      byte[] steps;
      try {
        steps = Base64.getDecoder().decode(node.text("slopes"));
      } catch (IllegalArgumentException e) {
        throw node.bad("slopes", "is not base64");
      }
      double[] slopes = new double[steps.length];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = steps[i] * unit;
      }
      ploughs.add(
          new Plough(
              node.number("heading_deg"),
              slopes,
              node.number("reliability"),
              node.notNegative("noise")));
      node.refuseUnknown();
    }
    return ploughs;
  }

  private static void number(ObjectNode node, String name, double value) {
    node.put(name, round(value, VALUE));
  }

  private static void pair(ObjectNode node, String name, double first, double second) {
    node.putArray(name).add(round(first, COVARIANCE)).add(round(second, COVARIANCE));
  }

  private static void numbers(ObjectNode node, String name, double[] values, MathContext digits) {
    ArrayNode array = node.putArray(name);
    for (double value : values) {
      array.add(round(value, digits));
    }
  }

  private static double round(double value, MathContext digits) {
    return new BigDecimal(value).round(digits).doubleValue();
  }
}
