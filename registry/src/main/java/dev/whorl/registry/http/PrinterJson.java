package dev.whorl.registry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.registry.store.Fingerprints;
import dev.whorl.registry.store.Keys;
import dev.whorl.registry.store.PrinterKey;
import dev.whorl.registry.store.PrinterKey.State;
import dev.whorl.registry.store.Printers;
import dev.whorl.registry.store.StoredFingerprint;
import dev.whorl.registry.store.Verdicts;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/** Printers and their fingerprints as JSON. */
final class PrinterJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PrinterJson() {}

  static ArrayNode all(Handle db) {
    ArrayNode all = JSON.createArrayNode();
    Printers.all(db).forEach(printer -> all.add(one(db, printer)));
    return all;
  }

  /** id, state, keys, how many fingerprints, when the latest was taken, the latest verdict. */
  static ObjectNode one(Handle db, String printer) {
    List<PrinterKey> keys = Keys.of(db, printer);
    ObjectNode node = JSON.createObjectNode();
    node.put("id", printer);
    node.put("state", state(keys));
    ArrayNode list = node.putArray("keys");
    for (PrinterKey key : keys) {
      list.addObject().put("id", key.key().id()).put("state", label(key.state()));
    }
    node.put("fingerprints", Fingerprints.count(db, printer));
    List<StoredFingerprint> latest = Fingerprints.of(db, printer, 1);
    node.put("latest", latest.isEmpty() ? null : latest.get(0).taken().toString());
    node.set("verdict", Verdicts.latest(db, printer).map(PrinterJson::tree).orElse(null));
    return node;
  }

  static ArrayNode fingerprints(Handle db, String printer, int limit) {
    ArrayNode all = JSON.createArrayNode();
    for (StoredFingerprint fingerprint : Fingerprints.of(db, printer, limit)) {
      ObjectNode node = all.addObject();
      node.put("digest", fingerprint.digest());
      node.put("run", fingerprint.run());
      node.put("time", fingerprint.taken().toString());
      node.put("received", fingerprint.received().toString());
      node.set("fingerprint", tree(fingerprint.json()));
      node.set(
          "verdict", Verdicts.find(db, fingerprint.digest()).map(PrinterJson::tree).orElse(null));
    }
    return all;
  }

  /** accepted if one of its keys is, else pending if one waits, else rejected. */
  private static String state(List<PrinterKey> keys) {
    if (keys.stream().anyMatch(key -> key.state() == State.ACTIVE)) {
      return "accepted";
    }
    return keys.stream().anyMatch(key -> key.state() == State.PENDING) ? "pending" : "rejected";
  }

  private static String label(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON cannot be read", e);
    }
  }
}
