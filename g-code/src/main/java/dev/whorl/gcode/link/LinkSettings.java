package dev.whorl.gcode.link;

import java.util.List;

/**
 * @param bauds speeds to try, the likeliest first; a single one is taken as given
 */
public record LinkSettings(List<Integer> bauds) {

  /**
   * The speeds printers use, by how common they are: Marlin's default and most 8-bit boards, the
   * RAMPS tradition, then older and slower ones, then the fast ones of native USB.
   */
  public static final LinkSettings AUTO =
      new LinkSettings(List.of(115200, 250000, 57600, 230400, 500000, 1000000, 38400, 19200));

  public LinkSettings {
    bauds = List.copyOf(bauds);
    if (bauds.isEmpty()) {
      throw new IllegalArgumentException("no baud rate to try");
    }
  }

  /** A speed that is known. */
  public static LinkSettings at(int baud) {
    return new LinkSettings(List.of(baud));
  }
}
