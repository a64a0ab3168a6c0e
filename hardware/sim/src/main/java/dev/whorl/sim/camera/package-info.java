/**
 * The simulated camera and its lamps: photographs what lies on the simulated bed. A physical model
 * with no knowledge of what reads the pictures; its figures prove the pipeline, not accuracy on
 * real prints.
 */
@NullMarked
package dev.whorl.sim.camera;

import org.jspecify.annotations.NullMarked;
