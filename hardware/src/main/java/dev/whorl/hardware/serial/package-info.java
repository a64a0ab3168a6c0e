/** Serial lines to printers: device files and TCP. */
package dev.whorl.hardware.serial;
