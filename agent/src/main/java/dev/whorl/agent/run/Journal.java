package dev.whorl.agent.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.common.files.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What the agent did and knows, append-only. One line an entry: CRC-32C of the rest in eight hex
 * digits, a space, a JSON object with its number. Every append is forced to the disk before it
 * returns. A tail torn by a power cut is cut off when the journal is opened; damage before the tail
 * is something else, and the whole file is set aside.
 *
 * <p>For one thread: the conductor's.
 */
public final class Journal implements AutoCloseable {
  /** A run writes some 3 KB; beyond this size a fresh file is begun at the next opening. */
  static final long COMPACT_ABOVE_BYTES = 1 << 20;

  private static final int CRC_DIGITS = 8;
  private static final long ANY_NUMBER = -1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileChannel channel;
  private long nextNumber;

  private Journal(FileChannel channel, long nextNumber) {
    this.channel = channel;
    this.nextNumber = nextNumber;
  }

  /**
   * A journal and what was in it.
   *
   * @param entries oldest first
   * @param tornBytes how many bytes of a torn tail were cut off
   * @param setAside where a damaged journal was moved, if it was
   */
  public record Opened(
      Journal journal, List<Entry> entries, long tornBytes, Optional<Path> setAside) {}

  /**
   * Opens or creates the journal of a file.
   *
   * @throws IOException when the file cannot be read or written
   */
  public static Opened open(Path file) throws IOException {
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    List<Entry> entries = new ArrayList<>();
    int good = readWhole(bytes, entries);
    Optional<Path> setAside = Optional.empty();
    if (hasWholeEntryFrom(bytes, good)) {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged");
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      setAside = Optional.of(aside);
      entries.clear();
      bytes = new byte[0];
      good = 0;
    }
    if (good > COMPACT_ABOVE_BYTES) {
      List<Entry> kept = RunState.of(entries).entries();
      writeFresh(file, kept);
      entries = new ArrayList<>(kept);
      good = (int) Files.size(file);
      bytes = new byte[good];
    }
    boolean created = !Files.exists(file);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    channel.truncate(good);
    channel.position(good);
    channel.force(true);
    if (created) {
      AtomicFile.syncFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }
    return new Opened(
        new Journal(channel, entries.size() + 1L),
        List.copyOf(entries),
        bytes.length - good,
        setAside);
  }

  /** Appends an entry; it is on the disk when this returns. */
  public void append(Entry entry) throws IOException {
    ByteBuffer line = ByteBuffer.wrap(line(entry, nextNumber));
    while (line.hasRemaining()) {
      channel.write(line);
    }
    channel.force(false);
    nextNumber++;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Reads whole entries from the start; returns how many bytes they take. */
  private static int readWhole(byte[] bytes, List<Entry> into) {
    int start = 0;
    for (int end = lineEnd(bytes, start); end >= 0; end = lineEnd(bytes, start)) {
      Optional<Entry> entry = parse(bytes, start, end, into.size() + 1L);
      if (entry.isEmpty()) {
        return start;
      }
      into.add(entry.get());
      start = end + 1;
    }
    return start;
  }

  /** Whether a whole entry, of whatever number, stands anywhere from an offset on. */
  private static boolean hasWholeEntryFrom(byte[] bytes, int from) {
    int start = from;
    for (int end = lineEnd(bytes, start); end >= 0; end = lineEnd(bytes, start)) {
      if (parse(bytes, start, end, ANY_NUMBER).isPresent()) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private static int lineEnd(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /**
   * The entry between two offsets, if it is whole and carries this number, or {@link #ANY_NUMBER}.
   */
  private static Optional<Entry> parse(byte[] bytes, int start, int end, long number) {
    int body = start + CRC_DIGITS + 1;
    if (end <= body || bytes[body - 1] != ' ') {
      return Optional.empty();
    }
    String crc = new String(bytes, start, CRC_DIGITS, StandardCharsets.ISO_8859_1);
    if (!crc.equals(crcOf(bytes, body, end - body))) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(bytes, body, end - body);
      if (number != ANY_NUMBER && json.path("n").asLong() != number) {
        return Optional.empty();
      }
      return Optional.of(Entry.fromJson(json));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static byte[] line(Entry entry, long number) {
    try {
      ObjectNode json = entry.toJson();
      json.put("n", number);
      byte[] body = JSON.writeValueAsBytes(json);
      String text =
          crcOf(body, 0, body.length) + " " + new String(body, StandardCharsets.UTF_8) + "\n";
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a journal entry that is no JSON: " + entry, e);
    }
  }

  private static String crcOf(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return String.format("%08x", crc.getValue());
  }

  private static void writeFresh(Path file, List<Entry> entries) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    long number = 1;
    for (Entry entry : entries) {
      lines.writeBytes(line(entry, number++));
    }
    AtomicFile.write(file, lines.toByteArray());
  }
}
