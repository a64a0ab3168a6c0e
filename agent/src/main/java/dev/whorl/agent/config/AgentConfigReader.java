package dev.whorl.agent.config;

import dev.whorl.agent.run.Slot;
import dev.whorl.common.settings.SettingsReader;
import dev.whorl.common.settings.SettingsTable;
import dev.whorl.hardware.CameraSettings;
import dev.whorl.hardware.Exposure;
import dev.whorl.hardware.LampSettings;
import dev.whorl.hardware.LampsSettings;
import dev.whorl.hardware.RelaySettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an agent's configuration. Every problem is found before any is told: {@link
 * dev.whorl.common.cli.UserError} has one line for each, with file, line and key.
 */
public final class AgentConfigReader {
  /** Where the service looks. */
  public static final Path DEFAULT_FILE = Path.of("/etc/whorl/agent.toml");

  /** Overrides the default file on a card that was flashed many times. */
  static final Path DROP_IN = Path.of("/boot/firmware/whorl.toml");

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern LAMP_NAME = Pattern.compile("[A-Za-z0-9_.+-]{1,32}");

  /** From the slowest a teletype of ours could bear to what USB bridges do at most. */
  private static final int SLOWEST_BAUD = 9600;

  private static final int FASTEST_BAUD = 4_000_000;

  /** BCM numbering of the 40-pin header ends at 27. */
  private static final int LAST_GPIO = 27;

  /** What the state message has room for. */
  private static final int MOST_SLOTS = 64;

  /** A bed larger than this is a typing error. */
  private static final double LARGEST_BED_MM = 2000;

  private AgentConfigReader() {}

  /** Reads a file; for the default one also the drop-in, if there is one. */
  public static AgentConfig read(Path file) {
    return file.equals(DEFAULT_FILE) ? read(file, DROP_IN) : read(file, new Path[0]);
  }

  static AgentConfig read(Path file, Path... dropIns) {
    SettingsReader reader = SettingsReader.read(file, dropIns);
    PrinterConfig printer = printer(reader.table("printer"));
    SettingsTable camera = reader.table("camera");
    AgentConfig config =
        new AgentConfig(
            file,
            printer,
            coupon(reader.table("coupon")),
            schedule(reader.table("schedule")),
            camera(camera),
            mount(camera),
            lamps(reader.table("lamps")),
            sensors(reader),
            relay(reader.table("relay")),
            mqtt(reader),
            registry(reader.table("registry")),
            service(reader.table("agent")));
    reader.finish();
    return config;
  }

  private static PrinterConfig printer(SettingsTable t) {
    String id =
        t.matching("id", ID, "a name of at most 32 of a-z, 0-9 and -, such as \"bench-07\"");
    String port = t.string("port");
    if (t.has("port") && port.isBlank()) {
      t.problem("port", "must be a device path, tcp://host:port or sim:link");
    }
    int baud = t.integerOr("auto", 0, "baud", SLOWEST_BAUD, FASTEST_BAUD);
    List<Double> bedMm = sizes(t, "bed_mm", 2, null);
    List<Double> travelMm = sizes(t, "travel_mm", 3, List.of(bedMm.get(0), bedMm.get(1), 200.0));
    List<List<Double>> keepoutMm = t.rows("keepout_mm", 4, List.of());
    for (int i = 0; i < keepoutMm.size(); i++) {
      List<Double> r = keepoutMm.get(i);
      if (r.get(0) >= r.get(2) || r.get(1) >= r.get(3)) {
        t.problem("keepout_mm[" + i + "]", "must be [x0, y0, x1, y1] with x0 < x1 and y0 < y1");
      }
    }
    return new PrinterConfig(
        id,
        port,
        baud,
        passthrough(t, port),
        t.choice("kinematics", "cartesian", "cartesian", "corexy"),
        bedMm,
        travelMm,
        keepoutMm,
        t.numbers("home_xy_mm", 2, List.of(10.0, 10.0)),
        t.number("nozzle_mm", 0.4, 0.1, 2),
        t.string("filament", "PLA"),
        sizes(t, "pulley_mm", 2, List.of(40.0, 40.0)),
        t.number("nozzle_c", 0, 500),
        t.number("bed_c", 0, 200),
        t.string("start_gcode", ""),
        t.string("end_gcode", ""));
  }

  /** Only what the file alone shows; whether the link can be made is known when it is made. */
  private static @Nullable Path passthrough(SettingsTable t, String port) {
    String text = t.optionalString("passthrough");
    if (text == null) {
      return null;
    }
    if (!text.startsWith("/") || text.endsWith("/") || text.indexOf('\0') >= 0) {
      t.problem(
          "passthrough",
          "must be the absolute path of a link to make, such as \"/run/whorl/printer\", not \""
              + text
              + "\"");
      return null;
    }
    Path link = Path.of(text).normalize();
    if (port.startsWith("/") && link.equals(Path.of(port).normalize())) {
      t.problem("passthrough", "must not be printer.port itself: the agent makes this link");
    }
    return link;
  }

  private static List<Double> sizes(
      SettingsTable t, String key, int count, @Nullable List<Double> absent) {
    List<Double> values = t.numbers(key, count, absent);
    if (t.has(key) && values.stream().anyMatch(v -> v <= 0 || v > LARGEST_BED_MM)) {
      t.problem(key, "must be lengths above 0 and up to 2000 mm");
    }
    return values;
  }

  private static CouponConfig coupon(SettingsTable t) {
    List<Slot> slots = new ArrayList<>();
    for (List<Double> corner : t.rows("slots_mm", 2, List.of())) {
      slots.add(new Slot(corner.get(0), corner.get(1)));
    }
    if (t.has("slots_mm") && slots.isEmpty()) {
      t.problem("slots_mm", "must name at least one slot; leave it out for the default");
    }
    if (slots.size() > MOST_SLOTS) {
      t.problem("slots_mm", "must not name more than " + MOST_SLOTS + " slots");
    }
    if (new HashSet<>(slots).size() < slots.size()) {
      t.problem("slots_mm", "must not name a slot twice");
    }
    return new CouponConfig(t.choice("kind", "standard-1", "standard-1"), slots);
  }

  private static ScheduleConfig schedule(SettingsTable t) {
    Duration every = t.duration("refingerprint", Duration.ZERO);
    return new ScheduleConfig(
        every.isZero() ? null : every,
        t.strings("enroll_after", List.of()),
        blackout(t),
        t.bool("unattended", false));
  }

  private static ScheduleConfig.@Nullable Blackout blackout(SettingsTable t) {
    String text = t.optionalString("blackout");
    if (text == null) {
      return null;
    }
    String[] ends = text.split("-", -1);
    try {
      if (ends.length == 2) {
        return new ScheduleConfig.Blackout(LocalTime.parse(ends[0]), LocalTime.parse(ends[1]));
      }
    } catch (DateTimeParseException e) {
      // The same problem as a missing hyphen.
    }
    t.problem("blackout", "must be two times of day such as \"22:00-07:00\", not \"" + text + "\"");
    return null;
  }

  private static CameraSettings camera(SettingsTable t) {
    String driver = t.choice("driver", "rpicam", "v4l2", "rpicam", "mjpeg", "command", "sim");
    List<String> command = t.strings("command", List.of());
    String device = t.optionalString("device");
    String url = t.optionalString("url");
    if (driver.equals("command")) {
      needs(t, "command", "the program and its arguments, with {out} among them");
      if (t.has("command") && command.stream().noneMatch(a -> a.contains("{out}"))) {
        t.problem("command", "must have an argument with {out}, the image file to write");
      }
    }
    if (driver.equals("v4l2")) {
      needs(t, "device", "the camera's device, such as \"/dev/video0\"");
    }
    if (driver.equals("mjpeg")) {
      needs(t, "url", "the stream's address, such as \"http://host:8080/?action=stream\"");
    }
    return new CameraSettings(
        driver,
        command,
        device,
        url,
        t.integer("exposure_us", 8000, 1, 60_000_000),
        t.integer("timeout_ms", 10_000, 1, 600_000));
  }

  private static MountConfig mount(SettingsTable t) {
    boolean toolhead = t.choice("mount", "fixed", "toolhead", "fixed").equals("toolhead");
    List<Double> offsetMm = t.numbers("offset_mm", 2, List.of(0.0, 0.0));
    double focusZMm = t.number("focus_z_mm", 0, 0, LARGEST_BED_MM);
    if (toolhead) {
      needs(t, "offset_mm", "where the camera looks, from the nozzle, such as [-38.0, 12.0]");
      needs(t, "focus_z_mm", "the machine's Z at which the coupon is sharp, such as 55.0");
    }
    return new MountConfig(
        toolhead, offsetMm, focusZMm, t.choice("transfer", "srgb", "srgb", "linear"));
  }

  private static void needs(SettingsTable t, String key, String what) {
    if (!t.has(key)) {
      t.problem(key, "must be set: " + what);
    }
  }

  private static LampsSettings lamps(SettingsTable t) {
    String driver = t.choice("driver", "none", "gpio", "command", "none", "sim");
    List<String> command = t.strings("command", List.of());
    if (driver.equals("command")) {
      needs(t, "command", "the program and its arguments, with {lamp} among them");
      if (t.has("command") && command.stream().noneMatch(a -> a.contains("{lamp}"))) {
        t.problem("command", "must have an argument with {lamp}, the lamp to light");
      }
    }
    List<LampSettings> lamps = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (SettingsTable lamp : t.tables("lamp")) {
      String name =
          lamp.matching("name", LAMP_NAME, "a name of at most 32 letters, digits and . _ + -");
      if (name.equals(Exposure.DARK)) {
        lamp.problem("name", "\"dark\" is the frame without a lamp; choose another name");
      } else if (!name.isEmpty() && !names.add(name)) {
        lamp.problem("name", "\"" + name + "\" is taken by a lamp before it");
      }
      Integer gpio = lamp.optionalInteger("gpio", 0, LAST_GPIO);
      if (driver.equals("gpio")) {
        needs(lamp, "gpio", "the BCM number of its pin");
      }
      lamps.add(
          new LampSettings(
              name,
              gpio,
              lamp.number("azimuth_deg", -360, 360),
              lamp.number("elevation_deg", 1, 89),
              lamp.optionalNumber("distance_mm", 20, 100_000),
              lamp.bool("active_low", false)));
    }
    return new LampsSettings(
        driver,
        command,
        t.integer("settle_ms", 40, 0, 60_000),
        t.integer("max_on_s", 10, 1, 3600),
        lamps);
  }

  private static SensorsConfig sensors(SettingsReader reader) {
    SettingsTable accelerometer = reader.table("accelerometer");
    SettingsTable ambient = reader.table("ambient");
    String driver = accelerometer.choice("driver", "none", "adxl345", "csv", "none", "sim");
    Path file = accelerometer.optionalPath("file");
    if (driver.equals("csv")) {
      needs(accelerometer, "file", "the recording to replay");
    }
    return new SensorsConfig(
        driver,
        accelerometer.integer("bus", 0, 0, 15),
        accelerometer.integer("cs", 0, 0, 15),
        file,
        ambient.choice("driver", "none", "bme280", "none", "sim"),
        pin(reader, "button"),
        pin(reader, "led"));
  }

  private static RelaySettings relay(SettingsTable t) {
    // A pin alone is how a relay on the header is named.
    String driver = t.choice("driver", t.has("gpio") ? "gpio" : "none", "gpio", "command", "none");
    List<String> command = t.strings("command", List.of());
    if (driver.equals("gpio")) {
      needs(t, "gpio", "the BCM number of its pin");
    }
    t.optionalInteger("gpio", 0, LAST_GPIO);
    if (driver.equals("command")) {
      needs(t, "command", "the program and its arguments, with {power} among them");
      if (t.has("command") && command.stream().noneMatch(a -> a.contains("{power}"))) {
        t.problem("command", "must have an argument with {power}, which becomes on or off");
      }
    }
    return new RelaySettings(driver, command);
  }

  private static @Nullable Integer pin(SettingsReader reader, String table) {
    boolean there = reader.root().has(table);
    SettingsTable t = reader.table(table);
    return there ? Integer.valueOf(t.integer("gpio", 0, LAST_GPIO)) : null;
  }

  private static @Nullable UplinkConfig mqtt(SettingsReader reader) {
    boolean there = reader.root().has("mqtt");
    SettingsTable t = reader.table("mqtt");
    if (!there) {
      return null;
    }
    String url = t.string("url");
    if (t.has("url") && !isBroker(url)) {
      t.problem("url", "must be tcp://host:port or ssl://host:port, not \"" + url + "\"");
    }
    String username = t.optionalString("username");
    Path passwordFile = t.optionalPath("password_file");
    if (passwordFile != null && username == null) {
      t.problem("password_file", "needs username beside it");
    }
    Path cert = t.optionalPath("cert");
    Path key = t.optionalPath("key");
    if ((cert == null) != (key == null)) {
      t.problem(cert == null ? "key" : "cert", "cert and key come only together");
    }
    return new UplinkConfig(
        url,
        username,
        passwordFile,
        t.optionalPath("ca"),
        cert,
        key,
        t.paths("operators"),
        t.bool("allow_clear_bed", false));
  }

  private static boolean isBroker(String url) {
    try {
      URI uri = new URI(url);
      return ("tcp".equals(uri.getScheme()) || "ssl".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getPath().isEmpty();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static RegistryConfig registry(SettingsTable t) {
    return new RegistryConfig(t.optionalPath("key"), t.optionalPath("token_file"));
  }

  private static ServiceConfig service(SettingsTable t) {
    return new ServiceConfig(
        t.path("state_dir", Path.of("/var/lib/whorl/agent")), loopback(t, "127.0.0.1:9780"));
  }

  /** Only a loopback address: whoever reaches it may heat the printer. */
  private static InetSocketAddress loopback(SettingsTable t, String absent) {
    String text = t.string("http", absent);
    int colon = text.lastIndexOf(':');
    try {
      InetAddress address = InetAddress.getByName(text.substring(0, Math.max(0, colon)));
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon > 0 && address.isLoopbackAddress() && port >= 0 && port <= 65535) {
        return new InetSocketAddress(address, port);
      }
    } catch (UnknownHostException | NumberFormatException e) {
      // The same problem as an address elsewhere.
    }
    t.problem("http", "must be a loopback address and a port such as \"127.0.0.1:9780\"");
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
