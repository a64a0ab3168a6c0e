/** What is kept, in SQL. */
@org.jspecify.annotations.NullMarked
package dev.whorl.registry.store;
