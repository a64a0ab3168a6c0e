/** TOML settings read into checked values, all problems reported at once. */
@org.jspecify.annotations.NullMarked
package dev.whorl.common.settings;
