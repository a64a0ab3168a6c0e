/** A capture: frames under one lamp each, their metadata, decoded to linear light. */
package dev.whorl.fingerprint.capture;
