/** Where fingerprints come together: intake, store, judging, HTTP. */
@org.jspecify.annotations.NullMarked
package dev.whorl.registry;
