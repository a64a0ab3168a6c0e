/** The agent's side of MQTT: its key, what it tells, and what it lets itself be told. */
package dev.whorl.agent.uplink;
