/** The simulated printer as a whole: wire, firmware, mechanics, and what lies on its bed. */
@NullMarked
package dev.whorl.sim.printer;

import org.jspecify.annotations.NullMarked;
