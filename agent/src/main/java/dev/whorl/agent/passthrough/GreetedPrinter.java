package dev.whorl.agent.passthrough;

import dev.whorl.gcode.link.Hello;
import dev.whorl.gcode.link.PrinterLink;

/**
 * A printer that is there and was greeted.
 *
 * @param hello how it introduced itself last
 */
record GreetedPrinter(PrinterLink link, Hello hello) {}
