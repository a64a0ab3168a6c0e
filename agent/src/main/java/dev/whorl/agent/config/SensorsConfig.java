package dev.whorl.agent.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code [accelerometer]}, {@code [ambient]}, {@code [button]} and {@code [led]}.
 *
 * @param accelerometer adxl345, csv, none or sim
 * @param accelerometerBus SPI bus of the adxl345
 * @param accelerometerCs its chip select
 * @param accelerometerFile what the csv driver replays
 * @param ambient bme280, none or sim
 * @param buttonGpio BCM pin of the button that says that the bed is clear
 * @param ledGpio BCM pin of the light
 */
public record SensorsConfig(
    String accelerometer,
    int accelerometerBus,
    int accelerometerCs,
    @Nullable Path accelerometerFile,
    String ambient,
    @Nullable Integer buttonGpio,
    @Nullable Integer ledGpio) {}
