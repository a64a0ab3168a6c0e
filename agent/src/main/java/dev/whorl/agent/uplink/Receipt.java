package dev.whorl.agent.uplink;

/**
 * What the registry says became of a message.
 *
 * @param digest which
 * @param result stored, refused or retry
 * @param reason why, empty where it was stored
 */
public record Receipt(String digest, String result, String reason) {
  public boolean stored() {
    return result.equals("stored");
  }

  public boolean refused() {
    return result.equals("refused");
  }
}
