package dev.whorl.registry.judge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.FingerprintFormatException;
import dev.whorl.fingerprint.FingerprintJson;
import dev.whorl.fingerprint.compare.Comparer;
import dev.whorl.fingerprint.compare.Comparison;
import dev.whorl.fingerprint.compare.ComparisonJson;
import dev.whorl.fingerprint.compare.Event;
import dev.whorl.fingerprint.compare.ScoreModels;
import dev.whorl.fingerprint.compare.Verdict;
import dev.whorl.registry.store.Fingerprints;
import dev.whorl.registry.store.StoredFingerprint;
import dev.whorl.registry.store.Template;
import dev.whorl.registry.store.Templates;
import dev.whorl.registry.store.Verdicts;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a fingerprint means beside the templates.
 *
 * <p>A printer's first fingerprint has nothing to be compared with: it becomes both templates, and
 * its verdict is {@code match} with event {@code none}, {@code log10_lr} null and template {@code
 * created}. Later ones are compared with the latest template, and replace it if they are judged to
 * be the same printer's (match, drift) while another printer does not fit better; the first is kept
 * for ever. Whoever else fits better is named in {@code other}; if the printer itself does not fit,
 * the event is {@code other-printer} then.
 */
public final class Judge {
  private static final int AT_A_TIME = 100;
  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

  private final Jdbi jdbi;
  private final InstantSource clock;
  private final ScoreModels models;

  /** Not thread-safe: one thread judges. {@link #identify} may be called from any. */
  public Judge(Jdbi jdbi, InstantSource clock, ScoreModels models) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.models = models;
  }

  /** Judges all that has no verdict yet, in the order it came. */
  public void judgePending() {
    List<StoredFingerprint> pending;
    do {
      pending = jdbi.withHandle(db -> Fingerprints.unjudged(db, AT_A_TIME));
      for (StoredFingerprint fingerprint : pending) {
        jdbi.useTransaction(db -> judge(db, fingerprint));
      }
    } while (pending.size() == AT_A_TIME);
  }

  /** Every printer with how well it fits, best first. */
  public List<Candidate> identify(Fingerprint probe) {
    return jdbi.withHandle(db -> candidates(db, probe));
  }

  private void judge(Handle db, StoredFingerprint stored) {
    Fingerprint probe = read(stored.json());
    String printer = stored.printer();
    Optional<Template> latest = Templates.find(db, printer, Template.Kind.LATEST);
    Optional<Candidate> rival =
        candidates(db, probe).stream()
            .filter(candidate -> candidate.isMaker() && !candidate.printer().equals(printer))
            .findFirst();
    ObjectNode verdict = JsonNodeFactory.instance.objectNode();
    verdict.put("run", stored.run()).put("digest", stored.digest());
    if (latest.isEmpty()) {
      verdict.putNull("log10_lr");
      verdict.put("verdict", Verdict.MATCH.key()).put("event", Event.NONE.key());
      verdict.putObject("components");
      verdict.put("template", "created");
      for (Template.Kind kind : Template.Kind.values()) {
        Templates.put(db, new Template(printer, kind, stored.digest(), stored.json()));
      }
    } else {
      Fingerprint template = read(latest.get().json());
      Comparison comparison = Comparer.compare(template, probe, models);
      rival = rival.filter(other -> other.comparison().log10Lr() > comparison.log10Lr());
      verdict.setAll(ComparisonJson.tree(comparison));
      boolean same = Candidate.isSamePrinter(comparison);
      if (!same && rival.isPresent()) {
        verdict.put("event", Event.OTHER_PRINTER.key());
      }
      boolean update = same && rival.isEmpty();
      verdict.put("template", update ? "updated" : "kept");
      if (update) {
        byte[] merged = FingerprintJson.write(TemplateMerge.of(template, probe));
        String json = new String(merged, StandardCharsets.UTF_8);
        Templates.put(db, new Template(printer, Template.Kind.LATEST, stored.digest(), json));
      }
    }
    verdict.putNull("other");
    if (rival.isPresent()) {
      ObjectNode other = verdict.putObject("other").put("printer", rival.get().printer());
      other.set("log10_lr", rival.get().toJson().get("log10_lr"));
    }
    Verdicts.add(
        db, new Verdicts.Stored(stored.digest(), printer, verdict.toString()), clock.instant());
    LOG.info(
        "{}: run {}: {}, event {}, log10 LR {}, template {}",
        printer,
        stored.run(),
        verdict.get("verdict").textValue(),
        verdict.get("event").textValue(),
        verdict.get("log10_lr"),
        verdict.get("template").textValue());
  }

  private List<Candidate> candidates(Handle db, Fingerprint probe) {
    List<Candidate> candidates = new ArrayList<>();
    for (Template template : Templates.latestOfAll(db)) {
      candidates.add(
          new Candidate(
              template.printer(), Comparer.compare(read(template.json()), probe, models)));
    }
    candidates.sort(
        Comparator.comparingDouble((Candidate candidate) -> candidate.comparison().log10Lr())
            .reversed());
    return candidates;
  }

  /** Only what was found to be a fingerprint is ever stored. */
  private static Fingerprint read(String json) {
    try {
      return FingerprintJson.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (FingerprintFormatException e) {
      throw new IllegalStateException("a stored fingerprint cannot be read", e);
    }
  }
}
