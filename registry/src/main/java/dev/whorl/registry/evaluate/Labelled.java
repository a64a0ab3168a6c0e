package dev.whorl.registry.evaluate;

import dev.whorl.fingerprint.Fingerprint;

/**
 * A fingerprint whose maker is known.
 *
 * @param printer who made it: the name of its folder, whatever it says itself
 * @param name folder and file name
 */
public record Labelled(String printer, String name, Fingerprint fingerprint) {}
