package dev.whorl.fingerprint.template;

import dev.whorl.fingerprint.compare.Comparison;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a coupon did to a template.
 *
 * @param template as it is now
 * @param comparison of the coupon with the template as it was
 * @param actions what became of each component, by its name in a fingerprint's JSON
 */
public record TemplateUpdate(
    Template template, Comparison comparison, Map<String, Action> actions) {
  public TemplateUpdate {
    actions = Collections.unmodifiableMap(new TreeMap<>(actions));
  }

  /** The weightiest of what became of the components. */
  public Action action() {
    return actions.values().stream().max(Action::compareTo).orElse(Action.KEPT);
  }
}
