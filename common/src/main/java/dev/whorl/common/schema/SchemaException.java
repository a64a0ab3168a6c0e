package dev.whorl.common.schema;

/** A payload that is not what its schema says. */
public final class SchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong, and where in the payload. */
  public SchemaException(String message) {
    super(message);
  }

  /** Never null here. */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }
}
