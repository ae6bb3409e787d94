package io.trails.internal.host;

import io.trails.Limits;
import io.trails.Reason;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a sandbox is made of.
 *
 * @param own where the sandbox keeps files of its own
 * @param group the session's control group, if it has one
 */
record HostSession(
        Path directory,
        Path own,
        String mark,
        Limits limits,
        Map<String, String> environment,
        Consumer<Reason> breachReporter,
        DiskGrowth disk,
        @Nullable GroupVerdict group) {}
