/** What a fingerprint means beside those known. */
@org.jspecify.annotations.NullMarked
package dev.whorl.registry.judge;
