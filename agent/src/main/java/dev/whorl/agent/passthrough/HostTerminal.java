package dev.whorl.agent.passthrough;

import dev.whorl.hardware.HardwareException;
import dev.whorl.hardware.pty.PortLink;
import dev.whorl.hardware.pty.PseudoTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pseudo-terminal that a host opens as if it were the printer, under the name that the config
 * gives it, for whoever may open the printer's own port.
 */
final class HostTerminal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostTerminal.class);

  /** Who may open serial ports on Debian. */
  private static final String GROUP = "dialout";

  private static final Path TERMINALS = Path.of("/dev/pts");

  private final PseudoTerminal terminal;
  private final PortLink link;

  private HostTerminal(PseudoTerminal terminal, PortLink link) {
    this.terminal = terminal;
    this.link = link;
  }

  /**
   * Makes both.
   *
   * @throws HardwareException with one line that says why not
   */
  static HostTerminal open(Path at) throws HardwareException {
    PseudoTerminal terminal = null;
    try {
      refuseAnothersLink(at);
      terminal = PseudoTerminal.open();
      admit(Path.of(terminal.address()));
      return new HostTerminal(terminal, PortLink.make(at, Path.of(terminal.address())));
    } catch (IOException e) {
      if (terminal != null) {
        terminal.close();
      }
      throw new HardwareException(
          "printer.passthrough: " + at + " cannot be made: " + reason(e), e);
    }
  }

  /** An agent that died may have left its link; any other is somebody's way to a real port. */
  private static void refuseAnothersLink(Path at) throws IOException {
    if (Files.isSymbolicLink(at)) {
      Path target = Files.readSymbolicLink(at);
      if (!target.startsWith(TERMINALS)) {
        throw new IOException("it is a link to " + target + " that the agent did not make");
      }
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "no permission to write in its folder"
        : String.valueOf(e.getMessage());
  }

  /** A pseudo-terminal is its maker's alone, and hosts run as users of their own. */
  private static void admit(Path device) {
    try {
      PosixFileAttributeView view =
          Files.getFileAttributeView(device, PosixFileAttributeView.class);
      GroupPrincipal group =
          device.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(GROUP);
      view.setGroup(group);
      view.setPermissions(PosixFilePermissions.fromString("rw-rw----"));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.info(
          "only this user can open the pass-through: no access for the group {} ({})", GROUP, e);
    }
  }

  PseudoTerminal terminal() {
    return terminal;
  }

  Path path() {
    return link.path();
  }

  @Override
  public void close() {
    link.close();
    terminal.close();
  }
}
