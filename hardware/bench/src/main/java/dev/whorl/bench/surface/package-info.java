/** {@code whorl bench surface}: what poor photographs cost. */
@NullMarked
package dev.whorl.bench.surface;

import org.jspecify.annotations.NullMarked;
