/** A coupon's photographs on the disk: taking them, describing them, reading others' folders. */
package dev.whorl.agent.capture;
