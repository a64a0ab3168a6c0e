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
import dev.whorl.fingerprint.template.Action;
import dev.whorl.fingerprint.template.Template;
import dev.whorl.fingerprint.template.TemplateJson;
import dev.whorl.fingerprint.template.TemplateUpdate;
import dev.whorl.registry.store.Fingerprints;
import dev.whorl.registry.store.Messages;
import dev.whorl.registry.store.StoredFingerprint;
import dev.whorl.registry.store.StoredTemplate;
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
 * <p>A printer's first fingerprint has nothing to be compared with: it becomes the template, and
 * its verdict is {@code match} with event {@code none}, {@code log10_lr} null and template {@code
 * created}. Later ones are compared with the template and move it as {@link Template} says, unless
 * another printer fits better. Whoever else fits better is named in {@code other}; if the printer
 * itself does not fit, the event is {@code other-printer} then.
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
    String custody = custody(db, stored.digest());
    Optional<Template> known = template(db, printer);
    Optional<Candidate> rival =
        candidates(db, probe).stream()
            .filter(candidate -> candidate.isMaker() && !candidate.printer().equals(printer))
            .findFirst();
    ObjectNode verdict = JsonNodeFactory.instance.objectNode();
    verdict.put("run", stored.run()).put("digest", stored.digest());
    if (known.isEmpty()) {
      verdict.putNull("log10_lr");
      verdict.put("verdict", Verdict.MATCH.key()).put("event", Event.NONE.key());
      verdict.putObject("components");
      verdict.put("template", Action.CREATED.key());
      Templates.put(
          db,
          new StoredTemplate(printer, StoredTemplate.Kind.FIRST, stored.digest(), stored.json()));
      put(db, printer, stored.digest(), Template.enrolled(probe, custody));
    } else {
      TemplateUpdate update = known.get().updated(probe, custody, models);
      Comparison comparison = update.comparison();
      rival = rival.filter(other -> other.comparison().log10Lr() > comparison.log10Lr());
      verdict.setAll(ComparisonJson.tree(comparison));
      if (rival.isPresent()) {
        if (!Candidate.isSamePrinter(comparison)) {
          verdict.put("event", Event.OTHER_PRINTER.key());
        }
        verdict.put("template", Action.KEPT.key());
      } else {
        verdict.put("template", update.action().key());
        ObjectNode parts = verdict.putObject("template_parts");
        update.actions().forEach((name, action) -> parts.put(name, action.key()));
        if (!update.template().equals(known.get())) {
          put(db, printer, stored.digest(), update.template());
        }
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

  /**
   * Takes a printer's last fingerprint up into its template on an operator's word, however far it
   * has walked and whatever was changed.
   *
   * @return what became of the template; empty if the printer has no fingerprint
   */
  public Optional<TemplateUpdate> acceptLast(String printer) {
    return jdbi.inTransaction(
        db -> {
          Optional<Template> known = template(db, printer);
          Optional<StoredFingerprint> last = Fingerprints.of(db, printer, 1).stream().findFirst();
          if (known.isEmpty() || last.isEmpty()) {
            return Optional.empty();
          }
          String digest = last.get().digest();
          TemplateUpdate update =
              known.get().accepted(read(last.get().json()), custody(db, digest), models);
          put(db, printer, digest, update.template());
          LOG.info("{}: template accepted by an operator with {}", printer, digest);
          return Optional.of(update);
        });
  }

  /** The key that signed it. */
  private static String custody(Handle db, String digest) {
    return Messages.find(db, digest)
        .orElseThrow(() -> new IllegalStateException("a fingerprint without its message"))
        .keyId();
  }

  private static Optional<Template> template(Handle db, String printer) {
    return Templates.find(db, printer, StoredTemplate.Kind.LATEST)
        .map(stored -> readTemplate(stored.json()));
  }

  private static void put(Handle db, String printer, String digest, Template template) {
    Templates.put(
        db,
        new StoredTemplate(
            printer, StoredTemplate.Kind.LATEST, digest, TemplateJson.write(template)));
  }

  private List<Candidate> candidates(Handle db, Fingerprint probe) {
    List<Candidate> candidates = new ArrayList<>();
    for (StoredTemplate stored : Templates.latestOfAll(db)) {
      candidates.add(
          new Candidate(
              stored.printer(), Comparer.compareToState(readState(stored.json()), probe, models)));
    }
    candidates.sort(
        Comparator.comparingDouble((Candidate candidate) -> candidate.comparison().log10Lr())
            .reversed());
    return candidates;
  }

  private static Fingerprint readState(String json) {
    try {
      return TemplateJson.readState(json);
    } catch (FingerprintFormatException e) {
      throw new IllegalStateException("a stored template cannot be read", e);
    }
  }

  private static Template readTemplate(String json) {
    try {
      return TemplateJson.read(json);
    } catch (FingerprintFormatException e) {
      throw new IllegalStateException("a stored template cannot be read", e);
    }
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
