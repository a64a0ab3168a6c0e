/** JSON Schemas of everything that goes over MQTT. */
@org.jspecify.annotations.NullMarked
package dev.whorl.common.schema;
