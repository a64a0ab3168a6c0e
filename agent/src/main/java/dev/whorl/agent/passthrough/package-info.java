/** The printer's port shared with another program: kept open, relayed, lent to a run. */
package dev.whorl.agent.passthrough;
