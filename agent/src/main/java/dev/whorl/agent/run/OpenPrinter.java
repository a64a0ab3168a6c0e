package dev.whorl.agent.run;

import dev.whorl.gcode.link.LinkException;
import dev.whorl.hardware.HardwareException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The printer's session: opened when it is first needed, from PREPARE to the end of CAPTURE and
 * wherever something must be cooled. For the conductor's thread, but for {@link #abort}.
 */
final class OpenPrinter {
  private static final Logger LOG = LoggerFactory.getLogger(OpenPrinter.class);

  private final Rig rig;
  private final RunBook book;
  private final BooleanSupplier aborting;
  private volatile @Nullable PrinterSession session;

  /**
   * @param aborting whether an abort came while there was no session to tell
   */
  OpenPrinter(Rig rig, RunBook book, BooleanSupplier aborting) {
    this.rig = rig;
    this.book = book;
    this.aborting = aborting;
  }

  /** The session, opened where there is none. */
  PrinterSession open() throws LinkException, HardwareException, InterruptedException {
    PrinterSession open = session;
    if (open == null) {
      open = rig.openPrinter();
      session = open;
      book.temperatures(open.hello().temperatures());
      if (aborting.getAsBoolean()) {
        open.abort();
      }
    }
    return open;
  }

  /** The session that is open, null for none. */
  @Nullable PrinterSession session() {
    return session;
  }

  /** Ends what is under way at once; from any thread. */
  void abort() {
    PrinterSession open = session;
    if (open != null) {
      open.abort();
    }
  }

  void close() {
    PrinterSession open = session;
    session = null;
    book.temperatures(null);
    if (open != null) {
      try {
        open.close();
      } catch (LinkException e) {
        LOG.warn("{}", e.getMessage());
      }
    }
  }
}
