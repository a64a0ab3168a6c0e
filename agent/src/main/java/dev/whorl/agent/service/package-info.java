/** The agent as a process: one holder of the state folder, and how others speak to it. */
package dev.whorl.agent.service;
