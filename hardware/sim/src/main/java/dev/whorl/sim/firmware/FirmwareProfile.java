package dev.whorl.sim.firmware;

/**
 * What differs between two printers of the same firmware.
 *
 * @param machineType as M115 says it
 * @param uuid compiled in, the same for all printers of a model
 * @param travelMm of x, y and z
 * @param junctionDeviation built with junction deviation instead of classic jerk
 * @param advancedOk built with ADVANCED_OK
 * @param rippleC how far the hot end hunts
 * @param ripplePeriodS and how slowly
 */
public record FirmwareProfile(
    String machineType,
    String uuid,
    double[] travelMm,
    boolean junctionDeviation,
    boolean advancedOk,
    double rippleC,
    double ripplePeriodS) {}
