/** The registry over HTTP. */
@org.jspecify.annotations.NullMarked
package dev.whorl.registry.http;
