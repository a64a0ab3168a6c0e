package dev.whorl.common.mqtt;

/**
 * A message that arrived.
 *
 * @param retained kept by the broker from before we subscribed
 */
public record Message(String topic, byte[] payload, boolean retained) {}
