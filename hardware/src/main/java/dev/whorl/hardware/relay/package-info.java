/** Relays that cut a printer's power. */
package dev.whorl.hardware.relay;
