package dev.whorl.sim.camera;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.sim.bed.IdealMachine;
import dev.whorl.sim.bed.IdealMachine.Axis;
import dev.whorl.sim.bed.IdealMachine.Ringing;
import dev.whorl.sim.bed.Material;
import dev.whorl.sim.bed.NozzleFace;
import dev.whorl.sim.bed.PrintedObject;
import dev.whorl.sim.bed.Track;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a capture folder of a program printed by an imaginary machine, with its truth beside it,
 * for work on the reading side without a printer.
 *
 * <p>Arguments: program, folder, {@code key=value}...: machine (seed, 0 ideal), nozzle, print,
 * camera (seeds), age (days), turn (degrees), px, lamps, bits.
 */
public final class CaptureFolder {

  private static final int EXPOSURE_US = 8_000;

  private CaptureFolder() {}

  /** See the class. */
  public static void main(String[] args) throws IOException {
    Path programFile = Path.of(args[0]);
    Path folder = Path.of(args[1]);
    long machine = 0;
    long nozzle = 1;
    long print = 1;
    long camera = 1;
    double age = 10;
    double turn = 0;
    double px = 60;
    int lamps = 6;
    int bits = 8;
    for (String arg : List.of(args).subList(2, args.length)) {
      String[] pair = arg.split("=");
      switch (pair[0]) {
        case "machine" -> machine = Long.parseLong(pair[1]);
        case "nozzle" -> nozzle = Long.parseLong(pair[1]);
        case "print" -> print = Long.parseLong(pair[1]);
        case "camera" -> camera = Long.parseLong(pair[1]);
        case "age" -> age = Double.parseDouble(pair[1]);
        case "turn" -> turn = Double.parseDouble(pair[1]);
        case "px" -> px = Double.parseDouble(pair[1]);
        case "lamps" -> lamps = Integer.parseInt(pair[1]);
        case "bits" -> bits = Integer.parseInt(pair[1]);
        default -> throw new IllegalArgumentException(arg);
      }
    }
    Files.createDirectories(folder);
    String program = Files.readString(programFile);
    StringBuilder truth = new StringBuilder();
    truth.append(String.join(" ", args)).append('\n');
    Axis x = axis("x", machine, truth);
    Axis y = axis("y", machine, truth);
    List<Track> tracks = IdealMachine.tracks(program, x, y);
    NozzleFace face = NozzleFace.of(nozzle, number(program, "nozzle", 1), age, turn, print);
    truth.append(face).append('\n');
    PrintedObject object = new PrintedObject(tracks, face, Material.GREY_PLA, print);
    SimOptics optics = SimOptics.of(camera, px).withSamples(bits, true);
    truth.append(optics).append('\n').append(optics.standingOver(print)).append('\n');
    double slotX = number(program, "slot", 1);
    double slotY = number(program, "slot", 2);
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("v", 1)
        .put("printer", word(program, "printer", 1))
        .put("coupon", word(program, "coupon", 1));
    json.putArray("slot_mm").add(slotX).add(slotY);
    json.put("time", "2026-11-24T20:00:00Z").put("kinematics", word(program, "kinematics", 1));
    json.putArray("pulley_mm")
        .add(number(program, "kinematics", 2))
        .add(number(program, "kinematics", 3));
    json.put("nozzle_mm", number(program, "nozzle", 1))
        .put("px_per_mm", px)
        .put("metric", false)
        .put("transfer", "srgb")
        .put("exposure_us", EXPOSURE_US)
        .put("dark", "dark.png");
    try (Scene scene = new Scene(object, optics, slotX + 17, slotY + 17)) {
      scene.photograph(null, EXPOSURE_US, 0, folder.resolve("dark.png"));
      for (SimLamp lamp : LampRing.of(lamps).lamps()) {
        scene.photograph(lamp, EXPOSURE_US, 0, folder.resolve(lamp.name() + ".png"));
        json.withArray("lamps")
            .addObject()
            .put("name", lamp.name())
            .put("file", lamp.name() + ".png")
            .put("azimuth_deg", lamp.azimuthDeg())
            .put("elevation_deg", lamp.elevationDeg())
            .put("distance_mm", lamp.distanceMm());
      }
    }
    Files.writeString(folder.resolve("capture.json"), json.toPrettyString());
    Files.writeString(folder.resolve("program.gcode"), program);
    Files.writeString(folder.resolve("truth.txt"), truth);
  }

  /** Periods of a 20-tooth GT2 drive, sizes as they are found on machines. */
  private static Axis axis(String name, long machine, StringBuilder truth) {
    if (machine == 0) {
      truth.append("axis ").append(name).append(" ideal\n");
      return Axis.IDEAL;
    }
    SplittableRandom random = new SplittableRandom(machine * 31 + name.charAt(0));
    double[] periods = {40, 20, 2, 0.8, 0.2};
    double[] largest = {0.020, 0.006, 0.012, 0.004, 0.002};
    double[] amplitude = new double[periods.length];
    double[] phase = new double[periods.length];
    for (int i = 0; i < periods.length; i++) {
      amplitude[i] = largest[i] * random.nextDouble(0.4, 1);
      phase[i] = 2 * Math.PI * random.nextDouble();
      truth.append(
          String.format(
              Locale.ROOT,
              "axis %s period %.1f mm: error = %.2f um cos(2 pi u / P - %.4f), u machine mm%n",
              name,
              periods[i],
              1000 * amplitude[i],
              phase[i]));
    }
    double scale = 5e-4 * random.nextDouble(-1, 1);
    double skew = name.equals("x") ? 1e-3 * random.nextDouble(-1, 1) : 0;
    Ringing ringing = new Ringing(random.nextDouble(30, 70), random.nextDouble(0.05, 0.12));
    truth.append(
        String.format(
            Locale.ROOT,
            "axis %s scale %.6f skew %.6f (x error per y) ringing %.2f Hz zeta %.3f%n",
            name,
            scale,
            skew,
            ringing.hz(),
            ringing.zeta()));
    return new Axis(
        (x, y) -> {
          double u = name.equals("x") ? x : y;
          double error = scale * u + skew * y;
          for (int i = 0; i < periods.length; i++) {
            error += amplitude[i] * Math.cos(2 * Math.PI * u / periods[i] - phase[i]);
          }
          return error;
        },
        ringing);
  }

  private static double number(String program, String key, int word) {
    return Double.parseDouble(word(program, key, word));
  }

  private static String word(String program, String key, int word) {
    Matcher matcher =
        Pattern.compile("^; whorl " + key + " (.*)$", Pattern.MULTILINE).matcher(program);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no ; whorl " + key);
    }
    return matcher.group(1).trim().split("\\s+")[word - 1];
  }
}
