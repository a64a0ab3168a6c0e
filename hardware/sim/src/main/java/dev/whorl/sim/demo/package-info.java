/**
 * The whole story on one machine: a broker, a registry and simulated printers as processes of their
 * own, started by the launcher as a person would start them.
 */
@NullMarked
package dev.whorl.sim.demo;

import org.jspecify.annotations.NullMarked;
