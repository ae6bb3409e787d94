package io.trails.internal.host;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The environment of a session's processes: the host's, without what would make a child act on the host's business
 * instead of its own.
 *
 * <p>{@code LD_PRELOAD} and {@code JAVA_TOOL_OPTIONS} stay: whoever set them meant every process of the machine.
 */
final class HostEnvironment {
    /** Repository, terminal, engine and trails itself: they point at what the host works on. */
    private static final String[] PREFIXES = {"GIT_", "TMUX", "DAGGER_SESSION_", "TRAILS_", "CLAUDE_CODE_SSE_"};

    private static final Set<String> NAMES = Set.of(
            // A file that every shell would read first.
            "BASH_ENV",
            "ENV",
            // The host's directory, not the child's.
            "PWD",
            "OLDPWD",
            "_",
            // Says that one is inside screen, or inside an agent that wants no agent inside it.
            "STY",
            "CLAUDECODE",
            "CLAUDE_CODE_ENTRYPOINT",
            // Where Maven's launcher found the host's own project.
            "MAVEN_BASEDIR",
            "MAVEN_PROJECTBASEDIR",
            "MAVEN_CMD_LINE_ARGS");

    private final Map<String, String> inherited;

    HostEnvironment(Map<String, String> host, String sessionMark) {
        var kept = new HashMap<String, String>();
        for (Map.Entry<String, String> variable : host.entrySet()) {
            if (!hijacks(variable.getKey())) kept.put(variable.getKey(), variable.getValue());
        }
        kept.put(Marks.SESSION, Marks.within(host, Marks.SESSION, sessionMark));
        kept.put(Marks.EXEC, host.getOrDefault(Marks.EXEC, ""));
        inherited = Map.copyOf(kept);
    }

    private static boolean hijacks(String name) {
        for (String prefix : PREFIXES) {
            if (name.startsWith(prefix)) return true;
        }
        return NAMES.contains(name);
    }

    /**
     * Makes the environment that of one command. The marks win over the command's own variables, or its processes could
     * not be found again. A variable that has its value already is not touched, since the JVM may hold bytes for it that
     * no string can express.
     *
     * @param environment as the JVM would pass it on
     * @return what had to be set
     */
    Map<String, String> fill(Map<String, String> environment, Map<String, String> command, String execMark) {
        var wanted = new HashMap<>(inherited);
        wanted.putAll(command);
        wanted.put(Marks.SESSION, inherited.getOrDefault(Marks.SESSION, ""));
        wanted.put(Marks.EXEC, Marks.within(inherited, Marks.EXEC, execMark));
        environment.keySet().retainAll(wanted.keySet());
        var set = new HashMap<String, String>();
        for (Map.Entry<String, String> variable : wanted.entrySet()) {
            String value = variable.getValue();
            if (!value.equals(environment.get(variable.getKey()))) set.put(variable.getKey(), value);
        }
        environment.putAll(set);
        return set;
    }

    /** Where a command's program is searched, or empty if the JVM's own search does as well. */
    String searchPath(Map<String, String> command, Map<String, String> jvm) {
        String own = jvm.getOrDefault("PATH", "");
        String path = command.getOrDefault("PATH", inherited.getOrDefault("PATH", own));
        return path.equals(own) ? "" : path;
    }
}
