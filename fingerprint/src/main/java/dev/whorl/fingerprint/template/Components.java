package dev.whorl.fingerprint.template;

import dev.whorl.fingerprint.Axis;
import dev.whorl.fingerprint.AxisComponent;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FlowComponent;
import dev.whorl.fingerprint.GeometryComponent;
import dev.whorl.fingerprint.MeshComponent;
import dev.whorl.fingerprint.NozzleComponent;
import dev.whorl.fingerprint.RingingComponent;
import dev.whorl.fingerprint.VibrationComponent;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The components of a fingerprint, while they are put together. */
final class Components {
  @Nullable NozzleComponent nozzle;
  final Map<Axis, AxisComponent> axes = new EnumMap<>(Axis.class);
  @Nullable RingingComponent ringing;
  @Nullable FlowComponent flow;
  @Nullable GeometryComponent geometry;
  @Nullable VibrationComponent vibration;
  @Nullable MeshComponent mesh;

  void axis(Axis axis, @Nullable AxisComponent component) {
    if (component != null) {
      axes.put(axis, component);
    }
  }

  /** With all else taken from the coupon. */
  Fingerprint of(Fingerprint coupon) {
    return coupon.with(nozzle, axes, ringing, flow, geometry, vibration, mesh);
  }
}
