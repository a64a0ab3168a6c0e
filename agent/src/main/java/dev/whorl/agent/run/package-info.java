/** The run: phases, journal, slots, recovery, and the conductor that is their only writer. */
package dev.whorl.agent.run;
