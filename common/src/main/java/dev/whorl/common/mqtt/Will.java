package dev.whorl.common.mqtt;

/** What the broker says in our place when we are gone. QoS 1. */
public record Will(String topic, byte[] payload, boolean retained) {}
