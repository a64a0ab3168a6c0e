package dev.whorl.bench.fleet;

import dev.whorl.fingerprint.template.Template;

/**
 * A machine that is known.
 *
 * @param machine which
 * @param template what it is known by
 */
record Enrolled(FleetMachine machine, Template template) {}
