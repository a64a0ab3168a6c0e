/** The verbs of the registry. */
@org.jspecify.annotations.NullMarked
package dev.whorl.registry.cli;
