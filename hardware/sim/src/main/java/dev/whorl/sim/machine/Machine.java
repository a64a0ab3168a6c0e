package dev.whorl.sim.machine;

import dev.whorl.sim.bed.NozzleFace;

/**
 * One machine on one day, as its prints would tell it.
 *
 * @param kinematics how motors move the nozzle
 * @param first the motor of X (or A)
 * @param second the motor of Y (or B)
 * @param ringX answer of the frame in x
 * @param ringY answer of the frame in y
 * @param gears the extruder's
 * @param hotend heater and melt
 * @param geometry frame and homing
 * @param nozzle the nozzle's flat
 */
public record Machine(
    Kinematics kinematics,
    Axis first,
    Axis second,
    Resonance ringX,
    Resonance ringY,
    Gears gears,
    Hotend hotend,
    Geometry geometry,
    NozzleFace nozzle) {}
