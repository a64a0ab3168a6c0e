/** The verbs of {@code whorl sim}. */
@NullMarked
package dev.whorl.sim.cli;

import org.jspecify.annotations.NullMarked;
