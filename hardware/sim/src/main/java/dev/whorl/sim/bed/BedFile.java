package dev.whorl.sim.bed;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * Reads and writes {@link BedContents}, by custom in a file named {@code <link>.bed} beside the
 * printer's pseudo-terminal. A gzip stream (whose checksum guards it) of: magic, version, nozzle
 * position, objects, end mark; numbers big-endian, samples as floats (0.03 um at 350 mm).
 */
public final class BedFile {

  private static final int MAGIC = 0x57424544; // "WBED"
  private static final int VERSION = 1;
  private static final int END = 0x454e4421; // "END!"

  /** More than any coupon or bed of coupons needs; refuses absurd counts before memory is taken. */
  private static final int MAX_OBJECTS = 1_000;

  private static final int MAX_TRACKS = 1_000_000;
  private static final int MAX_SAMPLES = 50_000_000;

  private BedFile() {}

  /** The bed file of a printer whose pseudo-terminal is linked at {@code link}. */
  public static Path beside(Path link) {
    return link.resolveSibling(link.getFileName() + ".bed");
  }

  /**
   * Replaces the file by the contents, or leaves it as it was.
   *
   * @throws IOException when the folder cannot be written
   */
  public static void write(Path file, BedContents bed) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null) {
      throw new IOException(file + " is no file that can be written");
    }
    Path part = Files.createTempFile(folder, "." + absolute.getFileName(), ".part");
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        OutputStream raw = Channels.newOutputStream(channel);
        Gzip gzip = new Gzip(raw);
        DataOutputStream out = new DataOutputStream(gzip);
        write(out, bed);
        out.flush();
        gzip.finish();
        channel.force(true);
      }
      Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Reads a file whole.
   *
   * @throws NoSuchFileException when nothing was printed yet
   * @throws IOException when the file is torn, of another kind or of another version; the message
   *     is one line
   */
  public static BedContents read(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        GZIPInputStream gzip = new GZIPInputStream(raw, 1 << 16);
        DataInputStream in = new DataInputStream(new BufferedInputStream(gzip, 1 << 16))) {
      BedContents bed = read(file, in);
      if (in.read() >= 0) {
        throw new IOException(file + " goes on after its end; print again to have it written anew");
      }
      return bed;
    } catch (EOFException | ZipException | IllegalArgumentException e) {
      throw new IOException(
          file + " is torn or no bed file (" + e.getMessage() + "); print again", e);
    }
  }

  private static void write(DataOutputStream out, BedContents bed) throws IOException {
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeDouble(bed.nozzleXMm());
    out.writeDouble(bed.nozzleYMm());
    out.writeDouble(bed.nozzleZMm());
    out.writeInt(bed.objects().size());
    for (PrintedObject object : bed.objects()) {
      out.writeLong(object.seed());
      NozzleFace nozzle = object.nozzle();
      out.writeLong(nozzle.seed());
      out.writeDouble(nozzle.boreMm());
      out.writeDouble(nozzle.flatMm());
      out.writeDouble(nozzle.ageDays());
      out.writeDouble(nozzle.turnDeg());
      out.writeLong(nozzle.residueSeed());
      Material material = object.material();
      out.writeUTF(material.name());
      out.writeDouble(material.albedo());
      out.writeDouble(material.gloss());
      out.writeDouble(material.glossRoughness());
      out.writeDouble(material.roughnessUm());
      out.writeDouble(material.grainUm());
      out.writeInt(object.tracks().size());
      for (Track track : object.tracks()) {
        out.writeByte(track.kind().ordinal());
        out.writeFloat(track.speedMmS());
        out.writeInt(track.size());
        writeFloats(out, track.xMm());
        writeFloats(out, track.yMm());
        writeFloats(out, track.zMm());
        writeFloats(out, track.flowAreaMm2());
      }
    }
    out.writeInt(END);
  }

  private static BedContents read(Path file, DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException(file + " is no bed file; name the one beside the printer's link");
    }
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          file + " is a bed file of version " + version + ", this reads " + VERSION);
    }
    double nozzleXMm = in.readDouble();
    double nozzleYMm = in.readDouble();
    double nozzleZMm = in.readDouble();
    int count = count(in, MAX_OBJECTS, "objects");
    List<PrintedObject> objects = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      objects.add(readObject(in));
    }
    if (in.readInt() != END) {
      throw new IOException(file + " has no end mark; print again to have it written anew");
    }
    return new BedContents(objects, nozzleXMm, nozzleYMm, nozzleZMm);
  }

  private static PrintedObject readObject(DataInputStream in) throws IOException {
    long seed = in.readLong();
    NozzleFace nozzle =
        new NozzleFace(
            in.readLong(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readLong());
    Material material =
        new Material(
            in.readUTF(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readDouble());
    int count = count(in, MAX_TRACKS, "tracks");
    List<Track> tracks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = in.readUnsignedByte();
      if (kind >= Track.Kind.values().length) {
        throw new IllegalArgumentException("track kind " + kind);
      }
      float speedMmS = in.readFloat();
      int n = count(in, MAX_SAMPLES, "samples");
      tracks.add(
          new Track(
              Track.Kind.values()[kind],
              readFloats(in, n),
              readFloats(in, n),
              readFloats(in, n),
              readFloats(in, n),
              speedMmS));
    }
    return new PrintedObject(tracks, nozzle, material, seed);
  }

  private static int count(DataInputStream in, int most, String what) throws IOException {
    int n = in.readInt();
    if (n < 0 || n > most) {
      throw new IllegalArgumentException(n + " " + what);
    }
    return n;
  }

  private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    bytes.asFloatBuffer().put(values);
    out.write(bytes.array());
  }

  private static float[] readFloats(DataInputStream in, int n) throws IOException {
    byte[] bytes = in.readNBytes(4 * n);
    if (bytes.length < 4 * n) {
      throw new EOFException("ends within a track");
    }
    float[] values = new float[n];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }

  /** Fast rather than small: the file is written at every pause of the printer. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
