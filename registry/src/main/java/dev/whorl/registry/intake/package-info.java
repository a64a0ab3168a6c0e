/** What arrives over MQTT: checked, kept, then acknowledged. */
@org.jspecify.annotations.NullMarked
package dev.whorl.registry.intake;
