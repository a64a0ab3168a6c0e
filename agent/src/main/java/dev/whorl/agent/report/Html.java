package dev.whorl.agent.report;

import com.fasterxml.jackson.databind.JsonNode;

/** What goes into a page. */
final class Html {
  private Html() {}

  /** Text that means itself, within elements and quoted attributes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** An object's fields, one row each. */
  static String table(JsonNode object) {
    StringBuilder table = new StringBuilder("<table>");
    object
        .properties()
        .forEach(
            field ->
                table
                    .append("<tr><th scope=\"row\">")
                    .append(escaped(field.getKey()))
                    .append("<td>")
                    .append(escaped(text(field.getValue()))));
    return table.append("</table>").toString();
  }

  /** A chart or picture with what it shows. */
  static String figure(String content, boolean small) {
    return "<figure" + (small ? " class=\"small\">" : ">") + content + "</figure>";
  }

  private static String text(JsonNode value) {
    return value.isNull() ? "not known" : value.isTextual() ? value.asText() : value.toString();
  }
}
