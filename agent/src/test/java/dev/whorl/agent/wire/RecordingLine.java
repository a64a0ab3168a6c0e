package dev.whorl.agent.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.whorl.gcode.SerialLine;
import java.io.IOException;
import java.util.List;

/** A line that writes down what is done with it that matters in an emergency. */
final class RecordingLine implements SerialLine {
  private final SerialLine line;
  private final List<String> record;
  private volatile long writeBeganNanos;

  RecordingLine(SerialLine line, List<String> record) {
    this.line = line;
    this.record = record;
  }

  /** Whether a write is under way that does not end. */
  boolean stuck() {
    long began = writeBeganNanos;
    return began != 0 && System.nanoTime() - began > 200_000_000;
  }

  @Override
  public String name() {
    return line.name();
  }

  @Override
  public int read(byte[] buffer, int timeoutMs) throws IOException {
    return line.read(buffer, timeoutMs);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    String text = new String(bytes, offset, length, US_ASCII).strip();
    record.add(text.startsWith("N") ? "line" : text);
    writeBeganNanos = System.nanoTime();
    line.write(bytes, offset, length);
    writeBeganNanos = 0;
  }

  @Override
  public void discardOutput() {
    record.add("discard");
    line.discardOutput();
  }

  @Override
  public void setBaud(int baud) throws IOException {
    line.setBaud(baud);
  }

  @Override
  public void close() {
    record.add("close");
    line.close();
  }
}
