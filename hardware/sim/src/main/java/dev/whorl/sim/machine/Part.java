package dev.whorl.sim.machine;

/** What a machine is made of, as far as its prints tell; each part draws from a stream its own. */
public enum Part {
  /** The nozzle: its flat ploughs the plastic. */
  NOZZLE,
  /** The first axis: motor, pulley and belt of X, or of motor A of a CoreXY. */
  AXIS_X,
  /** The second axis: of Y, or of motor B of a CoreXY. */
  AXIS_Y,
  /** Frame and moving masses: what rings. */
  TOOLHEAD,
  /** The extruder's gears. */
  EXTRUDER,
  /** Hot end and heater. */
  HOTEND,
  /** The frame's geometry. */
  FRAME
}
