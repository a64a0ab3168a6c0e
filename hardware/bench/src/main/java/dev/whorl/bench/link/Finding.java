package dev.whorl.bench.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table.
 *
 * @param item what was looked at: a name that {@code --only} takes
 * @param on on what: a speed, a dialect
 * @param measured what came out, in words
 * @param asked what was asked for; empty where the figure stands for itself
 * @param met whether it is; null where nothing was asked
 * @param figures the same as numbers, units at the end of the names
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Finding(
    String item,
    String on,
    String measured,
    String asked,
    @Nullable Boolean met,
    Map<String, Object> figures) {}
