package io.trails.internal.host;

import io.trails.Limits;
import io.trails.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a sandbox is made of. */
record HostSession(
        Path directory,
        String mark,
        Limits limits,
        Map<String, String> environment,
        Consumer<Reason> breachReporter,
        DiskGrowth disk) {

    static String pids(List<ProcessEntry> processes) {
        var text = new StringBuilder();
        for (ProcessEntry process : processes) {
            if (text.length() > 0) text.append(", ");
            text.append(process.pid());
        }
        return text.toString();
    }
}
