/**
 * A printer's face to another program: what a host behind the agent is told, what of it goes on to
 * the printer, and what has to be remembered for it.
 */
@NullMarked
package dev.whorl.gcode.host;

import org.jspecify.annotations.NullMarked;
