/** The far end of a printer's serial line: a pseudo-terminal or a TCP port. */
@NullMarked
package dev.whorl.sim.pty;

import org.jspecify.annotations.NullMarked;
