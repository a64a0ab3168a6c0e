/** Pseudo-terminals: what a program opens as if it were a serial port. */
@NullMarked
package dev.whorl.hardware.pty;

import org.jspecify.annotations.NullMarked;
