/**
 * {@code whorl bench}: what the link to a printer does on simulated printers that are processes of
 * their own, beside what was asked of it.
 */
@NullMarked
package dev.whorl.bench.link;

import org.jspecify.annotations.NullMarked;
