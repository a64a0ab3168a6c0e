/** The verbs of {@code whorl agent} and {@code whorl cmd}. */
package dev.whorl.agent.cli;
