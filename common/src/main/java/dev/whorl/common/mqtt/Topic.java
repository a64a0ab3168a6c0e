package dev.whorl.common.mqtt;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is said over MQTT, each under {@code whorl/<printer>/<name>}. Signed ones are DSSE envelopes
 * of {@link #payloadType()}; the rest is plain JSON. All start with the fields of {@link Header}.
 */
public enum Topic {
  /** Online or offline; also the last will. */
  STATUS(1, true, false),
  /** Versions, key id, hardware, profile. */
  BIRTH(1, true, false),
  /** Phase, run, progress, slots, fault. */
  STATE(1, true, false),
  /** Temperatures and the like; may be lost. */
  TELEMETRY(0, false, false),
  /** Something that happened: kind and detail. */
  EVENT(1, false, true),
  /** A key that asks to speak for a printer. */
  ENROL(1, false, true),
  /** A fingerprint of one run. */
  FINGERPRINT(1, false, true),
  /** From the registry: what became of an enrolment, event or fingerprint. */
  RECEIPT(1, false, true),
  /** From the registry: what it thinks of the latest fingerprint. */
  VERDICT(1, true, true),
  /** From an operator: enroll, clear-bed, cool, abort. */
  CMD(1, false, true),
  /** To an operator: what became of a command. */
  REPLY(1, false, true);

  /** What every topic of ours begins with. */
  public static final String ROOT = "whorl";

  /** What a printer's id looks like. */
  public static final Pattern PRINTER_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  /** A topic's name taken apart. */
  public record Address(String printer, Topic topic) {}

  private final int qos;
  private final boolean retained;
  private final boolean signed;

  Topic(int qos, boolean retained, boolean signed) {
    this.qos = qos;
    this.retained = retained;
    this.signed = signed;
  }

  /** The last part of the topic's name, which also names its schema. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its name for one printer. */
  public String of(String printer) {
    return ROOT + "/" + printer + "/" + label();
  }

  /** The subscription filter that gets it from every printer. */
  public String ofAll() {
    return ROOT + "/+/" + label();
  }

  /** Takes a topic's name apart; empty if it is none of ours. */
  public static Optional<Address> parse(String name) {
    String[] parts = name.split("/", -1);
    if (parts.length != 3 || !parts[0].equals(ROOT) || !PRINTER_ID.matcher(parts[1]).matches()) {
      return Optional.empty();
    }
    for (Topic topic : values()) {
      if (topic.label().equals(parts[2])) {
        return Optional.of(new Address(parts[1], topic));
      }
    }
    return Optional.empty();
  }

  /** Quality of service: 0 may be lost, 1 may come twice. */
  public int qos() {
    return qos;
  }

  /** Whether the broker keeps the last one for those who come later. */
  public boolean retained() {
    return retained;
  }

  /** Whether it travels in an envelope. */
  public boolean signed() {
    return signed;
  }

  /** The {@code payloadType} of its envelope. */
  public String payloadType() {
    return "application/vnd.whorl." + label() + "+json";
  }
}
