/** What goes wrong on purpose, by a seed: on the wire, in the firmware, in the heaters. */
@NullMarked
package dev.whorl.sim.faults;

import org.jspecify.annotations.NullMarked;
