/** The running registry: everything wired together. */
@org.jspecify.annotations.NullMarked
package dev.whorl.registry.service;
