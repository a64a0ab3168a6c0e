package dev.whorl.fingerprint;

/**
 * The ripple of flow that the extruder's gear leaves in the width of beads.
 *
 * @param gearPeriodMm period, in mm of filament
 * @param gearPeriodSeMm its standard error
 * @param gearAmplitude amplitude, as a part of the flow
 * @param gearAmplitudeSe its standard error
 */
public record FlowComponent(
    double gearPeriodMm, double gearPeriodSeMm, double gearAmplitude, double gearAmplitudeSe) {}
