package dev.whorl.agent.report;

import dev.whorl.fingerprint.Fingerprint;
import dev.whorl.fingerprint.compare.Comparison;

/**
 * What a fingerprint was compared to, and what came of it.
 *
 * @param earlier the other fingerprint
 * @param comparison of both
 */
public record Judged(Fingerprint earlier, Comparison comparison) {}
