/** A UART: bytes take their time, whoever is late. */
@NullMarked
package dev.whorl.sim.uart;

import org.jspecify.annotations.NullMarked;
