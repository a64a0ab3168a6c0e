package dev.whorl.sim.faults;

import dev.whorl.sim.firmware.Fatality;
import dev.whorl.sim.firmware.Heater;

/** A printer that faults can befall. */
public interface Victim {

  /** Says a line. */
  void say(String line);

  /** Starts afresh; {@code zero} puts a NUL before its first word. */
  void reset(boolean zero);

  /** Its firmware stops itself. What it says comes in pieces. */
  void die(Fatality why);

  /** It is not heard any more. */
  void fallSilent();

  /** It reads nothing any more, until its power is cycled: a host's writes come to a stop. */
  void fallDeaf();

  /** Says a line of {@code bytes} bytes. */
  void sayEndless(int bytes);

  /** Something is wrong with the hot end's heater. */
  void breakHeater(Heater.Fault fault);
}
