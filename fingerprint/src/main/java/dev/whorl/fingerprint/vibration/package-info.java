/** What other senses than the camera tell: recordings of vibration and meshes of the bed. */
@org.jspecify.annotations.NullMarked
package dev.whorl.fingerprint.vibration;
