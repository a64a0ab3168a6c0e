package dev.whorl.fingerprint.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CaptureMetadataTest {
  private static final String GOOD =
      """
      { "v": 1, "printer": "bench-07",
        "coupon": "standard-1:6191e20f5884ba0707a06d81dcf0b394bdb22da18e4bc2cbd620891b5a45b061",
        "slot_mm": [80.0, 40.0], "time": "2026-11-24T20:00:00Z", "kinematics": "cartesian",
        "pulley_mm": [40.0, 32.0], "nozzle_mm": 0.4, "profile": { "kind": "standard-1" },
        "px_per_mm": 80.0, "metric": true, "transfer": "srgb", "exposure_us": 8000,
        "dark": "dark.png",
        "lamps": [
          { "name": "e", "file": "e.png", "azimuth_deg": 0, "elevation_deg": 25, "distance_mm": 120 },
          { "name": "n", "file": "n.png", "azimuth_deg": 90, "elevation_deg": 25 },
          { "name": "w", "file": "w.png", "azimuth_deg": 180, "elevation_deg": 30 } ] }
      """;

  private static CaptureMetadata parse(String json) throws InvalidCapture {
    return CaptureMetadata.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> problems(String json) {
    InvalidCapture refused = catchThrowableOfType(InvalidCapture.class, () -> parse(json));
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.getMessage()).startsWith("capture.json: ").doesNotContain("\n");
    return refused.problems();
  }

  @Test
  void shouldReadEveryField() throws InvalidCapture {
    CaptureMetadata metadata = parse(GOOD);

    assertThat(metadata.printer()).isEqualTo("bench-07");
    assertThat(metadata.slotXMm()).isEqualTo(80);
    assertThat(metadata.slotYMm()).isEqualTo(40);
    assertThat(metadata.time()).isEqualTo(Instant.parse("2026-11-24T20:00:00Z"));
    assertThat(metadata.pulleyYMm()).isEqualTo(32);
    assertThat(metadata.profile()).isPresent();
    assertThat(metadata.pxPerMm()).isEqualTo(80);
    assertThat(metadata.metric()).isTrue();
    assertThat(metadata.transfer()).isEqualTo(Transfer.SRGB);
    assertThat(metadata.dark()).contains("dark.png");
    assertThat(metadata.lamps()).hasSize(3);
    assertThat(metadata.lamps().get(0).distanceMm()).hasValue(120);
    assertThat(metadata.lamps().get(1).distanceMm()).isEqualTo(OptionalDouble.empty());
  }

  @Test
  void shouldDoWithoutDarkAndProfile() throws InvalidCapture {
    CaptureMetadata metadata =
        parse(
            GOOD.replace("\"dark\": \"dark.png\",", "")
                .replace("\"profile\": { \"kind\": \"standard-1\" },", ""));

    assertThat(metadata.dark()).isEqualTo(Optional.empty());
    assertThat(metadata.profile()).isEqualTo(Optional.empty());
  }

  @Test
  void shouldNameEveryBadFieldAtOnce() {
    List<String> problems =
        problems(
            GOOD.replace("\"v\": 1", "\"v\": 2")
                .replace("\"bench-07\"", "\"Bench 07\"")
                .replace("[80.0, 40.0]", "[80.0]")
                .replace("2026-11-24T20:00:00Z", "yesterday")
                .replace("\"px_per_mm\": 80.0", "\"px_per_mm\": \"80\"")
                .replace("\"metric\": true,", "")
                .replace("\"srgb\"", "\"gamma\""));

    assertThat(problems)
        .containsExactly(
            "v is 2, must be 1",
            "printer is \"Bench 07\", wants lower case letters, digits and hyphens",
            "slot_mm is [80.0], wants two numbers of mm, -10000 to 10000",
            "time is \"yesterday\", wants a time like 2026-11-24T20:00:00Z",
            "px_per_mm is \"80\", wants pixels per mm, 1 to 1000",
            "metric is missing, wants true or false",
            "transfer is \"gamma\", wants srgb or linear");
  }

  @Test
  void shouldNameTheLampThatIsWrong() {
    List<String> problems =
        problems(
            GOOD.replace("\"name\": \"n\"", "\"name\": \"e\"")
                .replace("\"file\": \"w.png\"", "\"file\": \"../w.png\"")
                .replace("\"elevation_deg\": 30", "\"elevation_deg\": 95"));

    assertThat(problems)
        .containsExactly(
            "lamps[1].name is \"e\", wants a name of its own",
            "lamps[2].file is \"../w.png\", wants the name of an image in the same folder",
            "lamps[2].elevation_deg is 95, wants degrees above the bed, 1 to 89");
  }

  @Test
  void shouldRefuseOneFrameForTwoLamps() {
    assertThat(problems(GOOD.replace("n.png", "e.png")))
        .containsExactly("lamps[1].file is \"e.png\", wants an image of its own");
  }

  @Test
  void shouldRefuseFewerThanThreeLamps() {
    int second = GOOD.indexOf("{ \"name\": \"n\"");
    String twoLamps = GOOD.substring(0, second) + GOOD.substring(GOOD.indexOf("{ \"name\": \"w\""));

    assertThat(problems(twoLamps)).containsExactly("lamps has 2 lamps, wants 3 to 16");
  }

  @Test
  void shouldRefuseWhatIsNoJson() {
    assertThat(problems("{ \"v\": 1, ").get(0)).startsWith("is not JSON at line 1");
    assertThat(problems("[]")).containsExactly("must be one JSON object");
    assertThat(problems("")).containsExactly("must be one JSON object");
    assertThat(problems(GOOD.replace("\"v\": 1,", "\"v\": 1, \"v\": 1,")).get(0))
        .contains("Duplicate");
  }
}
