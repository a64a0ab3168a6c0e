/**
 * What lies on the simulated bed: the record that the simulated printer leaves and the simulated
 * camera looks at. All coordinates are the machine's, in mm, z from the bed's face upwards.
 */
@NullMarked
package dev.whorl.sim.bed;

import org.jspecify.annotations.NullMarked;
