/**
 * The conversation with a printer: numbered lines, acknowledgements, resends, temperatures, and
 * heaters off on every way out.
 */
package dev.whorl.gcode.link;
