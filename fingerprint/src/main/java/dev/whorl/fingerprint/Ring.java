package dev.whorl.fingerprint;

/**
 * The damped swing of one direction after a corner.
 *
 * @param frequencyHz damped frequency
 * @param frequencySeHz its standard error
 * @param zeta damping as a part of critical
 * @param zetaSe its standard error
 * @param amplitudeUm amplitude at the corner
 * @param amplitudeSeUm its standard error
 */
public record Ring(
    double frequencyHz,
    double frequencySeHz,
    double zeta,
    double zetaSe,
    double amplitudeUm,
    double amplitudeSeUm) {}
