package dev.whorl.agent.capture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whorl.common.cli.ExitCode;
import dev.whorl.common.cli.UserError;
import dev.whorl.common.envelope.Digest;
import dev.whorl.fingerprint.Fingerprinter;
import dev.whorl.fingerprint.Fingerprinting;
import dev.whorl.fingerprint.capture.CaptureMetadata;
import dev.whorl.fingerprint.capture.InvalidCapture;
import dev.whorl.fingerprint.capture.UnfitCapture;
import dev.whorl.fingerprint.toolpath.Toolpath;
import dev.whorl.fingerprint.toolpath.ToolpathFormatException;
import dev.whorl.gcode.Coupon;
import dev.whorl.gcode.CouponProfile;
import dev.whorl.gcode.CouponRefused;
import dev.whorl.gcode.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a {@code capture.json}, from whatever camera it came, and the program that the
 * coupon in it was printed with.
 *
 * @param folder where the frames lie
 * @param metadata what its capture.json says
 */
public record CaptureFolder(Path folder, CaptureMetadata metadata) {
  /** A capture.json or a program beyond this is none. */
  private static final long LARGEST_TEXT_BYTES = 32 << 20;

  /** An uncompressed frame of 64 megapixels of 16 bits and three colours. */
  private static final long LARGEST_FRAME_BYTES = 400L << 20;

  /**
   * Reads a folder's capture.json.
   *
   * @throws UserError when there is none, or it breaks its format
   */
  public static CaptureFolder read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw UserError.usage(folder + ": there is no such folder");
    }
    try {
      return new CaptureFolder(
          folder, CaptureMetadata.parse(bytes(folder.resolve("capture.json"))));
    } catch (InvalidCapture e) {
      throw new UserError(ExitCode.USAGE, folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * Computes the fingerprint.
   *
   * @param programFile the program, where the user names one
   * @throws UnfitCapture when the frames cannot serve
   * @throws UserError when there is no program for them
   */
  public Fingerprinting fingerprint(@Nullable Path programFile) throws UnfitCapture {
    return Fingerprinter.fingerprint(metadata, this::frame, toolpath(programFile));
  }

  /** The bytes of one of its frames. */
  byte[] frame(String file) throws IOException {
    Path path = folder.resolve(file);
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException("there is no such file in " + folder);
    }
    if (Files.size(path) > LARGEST_FRAME_BYTES) {
      throw new IOException("larger than " + (LARGEST_FRAME_BYTES >> 20) + " MiB");
    }
    return Files.readAllBytes(path);
  }

  /** The program: the one named, else the profile's, else {@code program.gcode} in the folder. */
  Toolpath toolpath(@Nullable Path programFile) {
    if (programFile != null) {
      return fromFile(programFile);
    }
    Path beside = folder.resolve("program.gcode");
    Optional<JsonNode> profile = metadata.profile();
    if (profile.isPresent()) {
      Program program = generate(profile.get());
      if (program.couponId().equals(metadata.coupon())) {
        return parse(program.text(), "the profile's program");
      }
      if (!Files.isRegularFile(beside)) {
        throw UserError.usage(
            folder
                + "/capture.json: its profile makes coupon "
                + program.couponId()
                + ", but the capture is of "
                + metadata.coupon()
                + "; correct the profile, or give the program that was printed with --program");
      }
    }
    if (!Files.isRegularFile(beside)) {
      throw UserError.usage(
          folder
              + "/capture.json has no profile, and there is no program.gcode beside it; give the"
              + " program that was printed with --program");
    }
    return fromFile(beside);
  }

  private Program generate(JsonNode json) {
    CouponProfile profile =
        ProfileJson.read(
            json,
            metadata.printer(),
            metadata.kinematics(),
            metadata.nozzleMm(),
            List.of(metadata.pulleyXMm(), metadata.pulleyYMm()));
    try {
      return Coupon.standard1(profile).program(metadata.slotXMm(), metadata.slotYMm());
    } catch (CouponRefused e) {
      throw new UserError(
          ExitCode.USAGE, folder + "/capture.json: profile: " + String.join("; ", e.problems()), e);
    }
  }

  private Toolpath fromFile(Path file) {
    byte[] bytes = bytes(file);
    Toolpath program = parse(new String(bytes, StandardCharsets.UTF_8), file.toString());
    if (program.coupon().equals(metadata.coupon())) {
      return program;
    }
    // A capture made elsewhere may name the program by the digest of the file itself.
    String digest = metadata.coupon().substring(metadata.coupon().indexOf(':') + 1);
    if (digest.equals(Digest.sha256Hex(bytes))) {
      return withCoupon(program, metadata.coupon());
    }
    throw UserError.usage(
        file
            + " is the program of coupon "
            + program.coupon()
            + ", but the capture in "
            + folder
            + " is of "
            + metadata.coupon()
            + "; give the program that was printed");
  }

  private static Toolpath withCoupon(Toolpath p, String coupon) {
    return new Toolpath(
        coupon,
        p.printer(),
        p.slotXMm(),
        p.slotYMm(),
        p.widthMm(),
        p.heightMm(),
        p.pitchMm(),
        p.layerMm(),
        p.nozzleMm(),
        p.kinematics(),
        p.pulleyXMm(),
        p.pulleyYMm(),
        p.markers(),
        p.features());
  }

  private static Toolpath parse(String text, String what) {
    try {
      return Toolpath.parse(text);
    } catch (ToolpathFormatException e) {
      throw new UserError(ExitCode.USAGE, what + ": " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.size(file) > LARGEST_TEXT_BYTES) {
        throw UserError.usage(file + ": larger than " + (LARGEST_TEXT_BYTES >> 20) + " MiB");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UserError(ExitCode.USAGE, file + ": there is no such file", e);
    } catch (IOException e) {
      throw new UserError(ExitCode.USAGE, file + ": cannot be read: " + e, e);
    }
  }
}
