package dev.whorl.agent.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * The table {@code [agent]}.
 *
 * @param stateDir journal, outbox, key and the frames of the runs
 * @param http where the running service answers, a loopback address
 */
public record ServiceConfig(Path stateDir, InetSocketAddress http) {}
