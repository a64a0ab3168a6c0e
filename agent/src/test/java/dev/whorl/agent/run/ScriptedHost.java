package dev.whorl.agent.run;

import dev.whorl.gcode.link.Temperatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A host whose doings a test decides; the pass-through itself has tests of its own. */
final class ScriptedHost implements Host {
  /** Whether it was held, each time that changed. */
  final List<Boolean> holds = new ArrayList<>();

  boolean busy;
  @Nullable String touched;
  @Nullable Temperatures temperatures;

  boolean held() {
    return !holds.isEmpty() && holds.get(holds.size() - 1);
  }

  @Override
  public Optional<String> holdIfIdle() {
    if (busy) {
      return Optional.of("a host is using the printer");
    }
    hold(true);
    return Optional.empty();
  }

  @Override
  public void hold(boolean held) {
    if (holds.isEmpty() || held() != held) {
      holds.add(held);
    }
  }

  @Override
  public @Nullable String bedTouched() {
    String what = touched;
    touched = null;
    return what;
  }

  @Override
  public HostState state() {
    return held() ? HostState.HELD : busy ? HostState.PRINTING : HostState.IDLE;
  }

  @Override
  public @Nullable Temperatures temperatures() {
    return temperatures;
  }
}
