package dev.whorl.hardware;

/**
 * Everything on the wires of one printer.
 *
 * @param printerPort device path, {@code tcp://host:port} or {@code sim:link}
 * @param camera the camera's table
 * @param lamps the lamps' table
 */
public record BenchSettings(String printerPort, CameraSettings camera, LampsSettings lamps) {}
