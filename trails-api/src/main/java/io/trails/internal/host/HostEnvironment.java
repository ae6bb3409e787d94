package io.trails.internal.host;

import java.util.HashMap;
import java.util.List;
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

    /** Those that win over the command's own variables, or its processes could not be found again. */
    private final Map<String, String> marks;

    private final boolean ofSession;

    private HostEnvironment(Map<String, String> inherited, Map<String, String> marks, boolean ofSession) {
        this.inherited = inherited;
        this.marks = marks;
        this.ofSession = ofSession;
    }

    /** That of a session, whose processes carry its mark after those that the host itself carries. */
    static HostEnvironment ofSession(Map<String, String> host, String sessionMark) {
        var kept = withoutHijackers(host);
        for (String outer : List.of(Marks.EXEC, Marks.TERMINAL)) {
            if (host.containsKey(outer)) kept.put(outer, host.getOrDefault(outer, ""));
        }
        String session = Marks.within(host, Marks.SESSION, sessionMark);
        return new HostEnvironment(Map.copyOf(kept), Map.of(Marks.SESSION, session), true);
    }

    /** That of what belongs to no session, and not to one that the host itself is a process of either. */
    static HostEnvironment ofNoSession(Map<String, String> host) {
        return new HostEnvironment(Map.copyOf(withoutHijackers(host)), Map.of(), false);
    }

    private static Map<String, String> withoutHijackers(Map<String, String> host) {
        var kept = new HashMap<String, String>();
        for (Map.Entry<String, String> variable : host.entrySet()) {
            if (!hijacks(variable.getKey())) kept.put(variable.getKey(), variable.getValue());
        }
        return kept;
    }

    private static boolean hijacks(String name) {
        for (String prefix : PREFIXES) {
            if (name.startsWith(prefix)) return true;
        }
        return NAMES.contains(name);
    }

    /**
     * Makes the environment that of one command. A variable that has its value already is not touched, since the JVM may
     * hold bytes for it that no string can express.
     *
     * @param environment as the JVM would pass it on
     * @return what had to be set
     */
    Map<String, String> fill(Map<String, String> environment, Map<String, String> command, String execMark) {
        Map<String, String> wanted = with(command);
        if (ofSession) wanted.put(Marks.EXEC, Marks.within(inherited, Marks.EXEC, execMark));
        environment.keySet().retainAll(wanted.keySet());
        var set = new HashMap<String, String>();
        for (Map.Entry<String, String> variable : wanted.entrySet()) {
            String value = variable.getValue();
            if (!value.equals(environment.get(variable.getKey()))) set.put(variable.getKey(), value);
        }
        environment.putAll(set);
        return set;
    }

    /** All variables of a command that somebody else starts, who can be told by no more than the mark. */
    Map<String, String> marked(Map<String, String> command, String mark) {
        Map<String, String> all = with(command);
        ExactVariables.mend(all, System.getenv());
        String outer = inherited.getOrDefault(Marks.EXEC, "");
        if (outer.isEmpty()) all.remove(Marks.EXEC);
        else all.put(Marks.EXEC, outer);
        all.put(Marks.TERMINAL, Marks.within(inherited, Marks.TERMINAL, mark));
        return all;
    }

    private Map<String, String> with(Map<String, String> command) {
        var all = new HashMap<>(inherited);
        all.putAll(command);
        all.putAll(marks);
        return all;
    }

    /** Where a command's program is searched, or empty if the JVM's own search does as well. */
    String searchPath(Map<String, String> command, Map<String, String> jvm) {
        String own = jvm.getOrDefault("PATH", "");
        String path = command.getOrDefault("PATH", inherited.getOrDefault("PATH", own));
        return path.equals(own) ? "" : path;
    }
}
