package io.trails.internal.host;

import io.trails.Limits;
import io.trails.Reason;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** What a sandbox is made of. */
record HostSession(
        Path directory,
        String mark,
        Limits limits,
        Map<String, String> environment,
        Consumer<Reason> breachReporter,
        DiskGrowth disk) {}
