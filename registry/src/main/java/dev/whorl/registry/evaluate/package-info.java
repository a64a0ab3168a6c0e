/** Folders of labelled fingerprints turned into scores. */
@org.jspecify.annotations.NullMarked
package dev.whorl.registry.evaluate;
