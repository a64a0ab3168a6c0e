package dev.whorl.sim.faults;

/** What a wire does to the bytes of one direction. */
interface Noise {

  /** The bytes as they arrive; may be the same array, changed. */
  byte[] pass(byte[] bytes);
}
