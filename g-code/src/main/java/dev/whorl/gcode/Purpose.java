package dev.whorl.gcode;

/** What a line of a program is for. The order is the order in which a program does them. */
public enum Purpose {
  /** Units, modes, limits of motion, and the owner's own start lines. */
  SETUP,
  /** Turns a heater on or waits for it. */
  HEAT,
  /** Finds the axes' origins. */
  HOME,
  /** Fills the nozzle on a line beside the coupon. */
  PRIME,
  /** Makes the coupon. */
  PRINT,
  /** Moves the nozzle away from the finished coupon. */
  PARK,
  /** Turns heaters and fan off, and the owner's own end lines. */
  COOL
}
