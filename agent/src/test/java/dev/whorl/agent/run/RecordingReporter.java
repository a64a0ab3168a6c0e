package dev.whorl.agent.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears what a conductor tells, and answers as a registry would. */
public final class RecordingReporter implements Reporter {
  /** The kinds of what was told. */
  public final List<String> events = new CopyOnWriteArrayList<>();

  final List<String> commits = new CopyOnWriteArrayList<>();
  boolean answered = true;

  @Override
  public String commit(String run, RunFolder folder) {
    commits.add(run);
    return "digest of " + run;
  }

  @Override
  public boolean answered(String digest) {
    return answered;
  }

  @Override
  public Duration patience() {
    return Duration.ofSeconds(60);
  }

  @Override
  public void event(String kind, String detail) {
    events.add(kind);
  }
}
