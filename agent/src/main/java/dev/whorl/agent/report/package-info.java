/** Fingerprints and comparisons as a page for people. */
@org.jspecify.annotations.NullMarked
package dev.whorl.agent.report;
