package dev.whorl.agent.config;

import dev.whorl.hardware.BenchSettings;
import dev.whorl.hardware.CameraSettings;
import dev.whorl.hardware.LampsSettings;
import dev.whorl.hardware.RelaySettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the config file says, validated.
 *
 * @param file where it came from, for messages
 */
public record AgentConfig(
    Path file,
    PrinterConfig printer,
    CouponConfig coupon,
    ScheduleConfig schedule,
    CameraSettings camera,
    MountConfig mount,
    LampsSettings lamps,
    SensorsConfig sensors,
    RelaySettings relay,
    @Nullable UplinkConfig mqtt,
    RegistryConfig registry,
    ServiceConfig agent) {

  /** What the bench is opened with. */
  public BenchSettings bench() {
    return new BenchSettings(printer.port(), camera, lamps);
  }
}
