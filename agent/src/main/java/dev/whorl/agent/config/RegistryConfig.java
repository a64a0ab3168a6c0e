package dev.whorl.agent.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code [registry]}.
 *
 * @param key the registry's public key, by which receipts and verdicts are believed
 * @param tokenFile holds the one-time token of the enrolment, null where an operator accepts
 */
public record RegistryConfig(@Nullable Path key, @Nullable Path tokenFile) {}
