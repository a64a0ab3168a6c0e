package dev.whorl.fingerprint.capture;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code capture.json} says about a set of frames.
 *
 * @param printer the printer's id as claimed
 * @param coupon kind and digest of the program, {@code standard-1:<sha256 hex>}
 * @param slotXMm the coupon's lower left corner in machine coordinates
 * @param slotYMm the same, Y
 * @param time when the frames were taken
 * @param kinematics {@code cartesian} or {@code corexy}
 * @param pulleyXMm belt travel per motor turn, X (or motor A)
 * @param pulleyYMm the same, Y (or motor B)
 * @param nozzleMm bore
 * @param profile every input of the coupon's generator, where the capture carries it
 * @param pxPerMm photograph pixels per millimetre on the coupon; a guess unless {@code metric}
 * @param metric whether {@code pxPerMm} is calibrated
 * @param transfer how pixel values relate to light
 * @param dark the frame taken with every lamp off, where there is one
 * @param lamps at least three
 */
public record CaptureMetadata(
    String printer,
    String coupon,
    double slotXMm,
    double slotYMm,
    Instant time,
    String kinematics,
    double pulleyXMm,
    double pulleyYMm,
    double nozzleMm,
    Optional<JsonNode> profile,
    double pxPerMm,
    boolean metric,
    Transfer transfer,
    Optional<String> dark,
    List<Lamp> lamps) {

  /** The least number of lamps that determines a slope and a brightness. */
  public static final int MIN_LAMPS = 3;

  /** More than any bench has; bounds the memory a capture may ask for. */
  public static final int MAX_LAMPS = 16;

  public CaptureMetadata {
    lamps = List.copyOf(lamps);
  }

  /** The same capture at another scale. */
  public CaptureMetadata withPxPerMm(double otherPxPerMm) {
    return new CaptureMetadata(
        printer,
        coupon,
        slotXMm,
        slotYMm,
        time,
        kinematics,
        pulleyXMm,
        pulleyYMm,
        nozzleMm,
        profile,
        otherPxPerMm,
        metric,
        transfer,
        dark,
        lamps);
  }

  /**
   * Reads and checks {@code capture.json}.
   *
   * @param json its bytes, UTF-8
   * @throws InvalidCapture naming every bad field at once
   */
  public static CaptureMetadata parse(byte[] json) throws InvalidCapture {
    return new CaptureParser().parse(json);
  }
}
