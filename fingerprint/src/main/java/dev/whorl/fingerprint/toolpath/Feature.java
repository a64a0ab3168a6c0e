package dev.whorl.fingerprint.toolpath;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing on the coupon.
 *
 * @param kind what it is for
 * @param name its name in the program
 * @param attributes what the program says about it
 * @param segments its extruding moves in order
 */
public record Feature(
    FeatureKind kind, String name, Map<String, String> attributes, List<Segment> segments) {
  public Feature {
    attributes = Map.copyOf(attributes);
    segments = List.copyOf(segments);
  }

  /** An attribute, null where the program does not give it. */
  public @Nullable String attribute(String key) {
    return attributes.get(key);
  }
}
