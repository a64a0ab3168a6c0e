/** The agent's configuration: one TOML file a printer, parsed into records and validated once. */
package dev.whorl.agent.config;
