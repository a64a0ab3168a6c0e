/** The simulated firmware: Marlin 2.1 as it is heard on the wire, its planner and its heaters. */
@NullMarked
package dev.whorl.sim.firmware;

import org.jspecify.annotations.NullMarked;
