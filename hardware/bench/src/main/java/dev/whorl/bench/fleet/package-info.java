/** {@code whorl bench fleet}: how well whole fleets of simulated printers are told apart. */
@NullMarked
package dev.whorl.bench.fleet;

import org.jspecify.annotations.NullMarked;
