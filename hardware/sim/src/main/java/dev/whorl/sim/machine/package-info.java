/**
 * The simulated mechanics: a machine drawn from the population of its model, how it ages, what a
 * service replaces, and what its parts do to a commanded path.
 */
@NullMarked
package dev.whorl.sim.machine;

import org.jspecify.annotations.NullMarked;
