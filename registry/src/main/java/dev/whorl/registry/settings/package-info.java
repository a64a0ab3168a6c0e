/** The registry's settings. */
@org.jspecify.annotations.NullMarked
package dev.whorl.registry.settings;
