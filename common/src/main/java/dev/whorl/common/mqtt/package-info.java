/** Topics, headers and the link to the broker. */
@org.jspecify.annotations.NullMarked
package dev.whorl.common.mqtt;
