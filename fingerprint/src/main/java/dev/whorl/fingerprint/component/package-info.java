/** From traced beads to the components of a fingerprint, each with its standard error. */
package dev.whorl.fingerprint.component;
