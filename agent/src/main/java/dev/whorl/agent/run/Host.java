package dev.whorl.agent.run;

import dev.whorl.gcode.link.Temperatures;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The other program that uses the printer, behind the pass-through: OctoPrint, Pronterface, Cura.
 * What is asked here is answered at once. Every method may be called from any thread; only the
 * conductor holds and releases.
 */
public interface Host {
  /** A port that nobody shares. */
  Host NONE =
      new Host() {
        @Override
        public Optional<String> holdIfIdle() {
          return Optional.empty();
        }

        @Override
        public void hold(boolean held) {}

        @Override
        public @Nullable String bedTouched() {
          return null;
        }

        @Override
        public @Nullable HostState state() {
          return null;
        }

        @Override
        public @Nullable Temperatures temperatures() {
          return null;
        }
      };

  /**
   * Holds the host if it leaves the printer alone at this moment.
   *
   * @return why the printer is not free; empty when the host is held from now on
   */
  Optional<String> holdIfIdle();

  /**
   * Holds the host, whatever it does, or lets it go on. Held means that nothing it sends reaches
   * the printer, M112, M108 and M410 excepted, and that nothing it sends is lost.
   */
  void hold(boolean held);

  /**
   * What happened since this was asked last that leaves nothing known of the bed, null if nothing
   * did: a host's extrusion, a restart of the printer.
   */
  @Nullable String bedTouched();

  /** What it does at this moment, null where no port is shared. */
  @Nullable HostState state();

  /** What the printer reported last, null when nothing is known. */
  @Nullable Temperatures temperatures();
}
