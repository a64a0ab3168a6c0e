package dev.whorl.agent.outbox;

import java.time.Instant;

/**
 * One message that waits for its receipt.
 *
 * @param id its row
 * @param kind how important it is
 * @param topic where it goes
 * @param digest what the receipt will name: hex SHA-256 of the signed payload
 * @param message the bytes to publish, as they were signed
 * @param createdAt when it was committed
 * @param attempts how often it was sent so far
 * @param nextAt not sent again before
 */
public record OutboxItem(
    long id,
    ItemKind kind,
    String topic,
    String digest,
    byte[] message,
    Instant createdAt,
    int attempts,
    Instant nextAt) {}
