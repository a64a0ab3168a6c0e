/** What was promised to the registry, kept until the registry says that it has it. */
package dev.whorl.agent.outbox;
