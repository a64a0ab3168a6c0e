package dev.whorl.agent.outbox;

import java.time.Instant;

/**
 * A message that will not be sent again.
 *
 * @param kind what it was
 * @param digest what the registry called it
 * @param reason why, in the registry's words or ours
 * @param at when it died
 */
public record DeadLetter(ItemKind kind, String digest, String reason, Instant at) {}
