package io.trails.dagger.internal.exec;

import java.util.Collection;
import java.util.List;

/**
 * Variables that an engine gives every command for its own tracing. They are none of the command's business, unless it was given
 * one of that name: {@link #HIDE} in its environment tells the scripts which to drop, {@link #SHOW} which of them not.
 */
public final class EngineVariables {
    public static final String HIDE = "TRAILS_HIDE";
    public static final String SHOW = "TRAILS_SHOW";

    private static final List<String> NAMES = List.of(
            "BAGGAGE",
            "TRACEPARENT",
            "TRACESTATE",
            "OTEL_TRACES_EXPORTER",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
            "OTEL_EXPORTER_OTLP_TRACES_LIVE",
            "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
            "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
            "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL",
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
            "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL");

    private EngineVariables() {}

    /** Those that a recipe does not set, separated by spaces. */
    public static String without(Collection<String> set) {
        return String.join(
                " ", NAMES.stream().filter(name -> !set.contains(name)).toList());
    }

    /** Those that a command sets, separated by spaces. */
    static String among(Collection<String> set) {
        return String.join(" ", NAMES.stream().filter(set::contains).toList());
    }
}
