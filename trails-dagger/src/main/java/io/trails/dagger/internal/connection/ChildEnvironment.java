package io.trails.dagger.internal.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The environment of programs that are started on the way to an engine. */
final class ChildEnvironment {
    static final String RUNNER_HOST = "_EXPERIMENTAL_DAGGER_RUNNER_HOST";

    /** What would make the program somebody else's client, or lead it to another directory, module or terminal. */
    private static final List<String> HIJACKING = List.of("DAGGER_SESSION_", "GIT_", "TMUX");

    private ChildEnvironment() {}

    static Map<String, String> of(Map<String, String> host, EngineChoice choice) {
        Map<String, String> child = new HashMap<>(host);
        child.keySet().removeIf(name -> HIJACKING.stream().anyMatch(name::startsWith));
        for (String name : List.of("DAGGER_MODULE", "DAGGER_WORKDIR", "DAGGER_ENV", "DAGGER_PROGRESS"))
            child.remove(name);
        child.put("DO_NOT_TRACK", "1");
        child.put("DAGGER_NO_NAG", "1");
        child.put("DAGGER_NO_UPDATE_CHECK", "1");
        child.put("NO_COLOR", "1");
        choice.runnerHost().ifPresent(where -> child.put(RUNNER_HOST, where));
        return child;
    }
}
