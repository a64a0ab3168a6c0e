package dev.whorl.fingerprint.vibration;

import dev.whorl.fingerprint.Resonance;
import dev.whorl.fingerprint.VibrationComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Klipper's {@code TEST_RESONANCES} and {@code ACCELEROMETER_MEASURE} write, and spectra
 * of the same form from elsewhere.
 *
 * <p>Raw samples: lines of {@code time,accel_x,accel_y,accel_z} (s, mm/s^2), headed by {@code
 * #time,...} or not at all. Spectra: a header of {@code freq,psd_x,psd_y,psd_z} and more columns,
 * which are not looked at. The axis that was driven is told by a lone x or y in the file's name
 * ({@code ..._x_...}), else by which of the two is louder.
 */
public final class VibrationFile {
  /** An hour at 3,200 samples a second has no more lines. */
  private static final int MOST_LINES = 12_000_000;

  private static final Pattern NAMED_AXIS =
      Pattern.compile("(?:^|[^a-z])([xy])(?=[^a-z]|$)", Pattern.CASE_INSENSITIVE);

  private static final int LEAST_BINS = 20;

  private VibrationFile() {}

  /**
   * The component of one or more files; of two for one axis the later one counts.
   *
   * @param texts the files' text by name, in order
   * @throws InvalidRecording in one line: which file, where, what is wrong
   */
  public static VibrationComponent read(List<Named> texts) throws InvalidRecording {
    @Nullable Resonance[] axes = new Resonance[2];
    for (Named file : texts) {
      Spectrum spectrum = spectrum(file);
      int axis = driven(file.name, spectrum);
      axes[axis] = Peak.of(spectrum, axis, file.name);
    }
    return new VibrationComponent(axes[Spectrum.X], axes[Spectrum.Y]);
  }

  /** A file's name and its text. */
  public record Named(String name, String text) {}

  private static int driven(String name, Spectrum spectrum) {
    Matcher matcher = NAMED_AXIS.matcher(name);
    int found = -1;
    while (matcher.find()) {
      int axis = matcher.group(1).equalsIgnoreCase("x") ? Spectrum.X : Spectrum.Y;
      if (found >= 0 && found != axis) {
        return spectrum.louder();
      }
      found = axis;
    }
    return found >= 0 ? found : spectrum.louder();
  }

  private static Spectrum spectrum(Named file) throws InvalidRecording {
    List<double[]> rows = new ArrayList<>();
    boolean spectrum = false;
    boolean first = true;
    int number = 0;
    for (String raw : (Iterable<String>) file.text.lines()::iterator) {
      number++;
      String line = raw.strip();
      if (first && !line.isEmpty()) {
        first = false;
        String header = line.toLowerCase(Locale.ROOT).replace(" ", "");
        if (header.startsWith("freq")) {
          if (!header.startsWith("freq,psd_x,psd_y,psd_z")) {
            throw new InvalidRecording(
                at(file, number)
                    + "the columns are not freq,psd_x,psd_y,psd_z; give a file of that form");
          }
          spectrum = true;
          continue;
        }
      }
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (rows.size() >= MOST_LINES) {
        throw new InvalidRecording(at(file, number) + "too long; an hour is the most");
      }
      rows.add(row(file, number, line));
    }
    return spectrum ? ofSpectrum(file, rows) : ofSamples(file, rows);
  }

  private static double[] row(Named file, int number, String line) throws InvalidRecording {
    String[] words = line.split("[,;\\s]+");
    if (words.length < 4) {
      throw new InvalidRecording(
          at(file, number)
              + "has "
              + words.length
              + " columns; time and three accelerations, or a frequency and three powers, are"
              + " needed");
    }
    double[] row = new double[4];
    for (int i = 0; i < 4; i++) {
      try {
        row[i] = Double.parseDouble(words[i]);
      } catch (NumberFormatException e) {
        row[i] = Double.NaN;
      }
      if (!Double.isFinite(row[i])) {
        throw new InvalidRecording(
            at(file, number) + "column " + (i + 1) + " is no number: " + words[i]);
      }
    }
    return row;
  }

  private static Spectrum ofSpectrum(Named file, List<double[]> rows) throws InvalidRecording {
    double[] hz = new double[rows.size()];
    double[][] psd = new double[3][rows.size()];
    for (int i = 0; i < hz.length; i++) {
      hz[i] = rows.get(i)[0];
      for (int axis = 0; axis < 3; axis++) {
        psd[axis][i] = Math.max(0, rows.get(i)[axis + 1]);
      }
      if (i > 0 && hz[i] <= hz[i - 1]) {
        throw new InvalidRecording(file.name + ": its frequencies do not ascend");
      }
    }
    long inside =
        Arrays.stream(hz)
            .filter(f -> f >= Resonance.LOWEST_HZ && f <= Resonance.HIGHEST_HZ)
            .count();
    if (inside < LEAST_BINS) {
      throw new InvalidRecording(
          file.name
              + ": only "
              + inside
              + " frequencies from 15 to 135 Hz; at least "
              + LEAST_BINS
              + " are needed");
    }
    return new Spectrum(hz, psd);
  }

  private static Spectrum ofSamples(Named file, List<double[]> rows) throws InvalidRecording {
    int n = rows.size();
    double lastsS = n < 2 ? 0 : rows.get(n - 1)[0] - rows.get(0)[0];
    double rateHz = lastsS > 0 ? (n - 1) / lastsS : 0;
    if (rateHz < 2.5 * Resonance.HIGHEST_HZ || n < 2 * Welch.least(Math.max(1, rateHz))) {
      throw new InvalidRecording(
          String.format(
              Locale.ROOT,
              "%s: %d samples over %.2f s; at least a second at %.0f samples a second is needed",
              file.name,
              n,
              lastsS,
              2.5 * Resonance.HIGHEST_HZ));
    }
    double[][] samples = new double[3][n];
    for (int i = 0; i < n; i++) {
      for (int axis = 0; axis < 3; axis++) {
        samples[axis][i] = rows.get(i)[axis + 1];
      }
    }
    return Welch.of(samples, rateHz);
  }

  private static String at(Named file, int line) {
    return file.name + ": line " + line + ": ";
  }
}
