/** Pictures of a measured surface for people to look at. */
package dev.whorl.fingerprint.surface.picture;
