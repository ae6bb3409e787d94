package io.trails.worktree.internal.git;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The environment that git runs in: the host's, without what would lead git to another repository or another configuration,
 * in the language of programs, and unable to ask anybody.
 */
final class GitEnvironment {
    /** Who commits, how to reach a server, and which configuration files are the user's: nothing of it names a repository. */
    private static final Set<String> KEPT = Set.of(
            "GIT_AUTHOR_NAME",
            "GIT_AUTHOR_EMAIL",
            "GIT_COMMITTER_NAME",
            "GIT_COMMITTER_EMAIL",
            "GIT_SSH",
            "GIT_SSH_COMMAND",
            "GIT_SSH_VARIANT",
            "GIT_ASKPASS",
            "GIT_CONFIG_GLOBAL",
            "GIT_CONFIG_SYSTEM",
            "GIT_CONFIG_NOSYSTEM",
            "GIT_SSL_CAINFO",
            "GIT_SSL_CAPATH",
            "GIT_PROXY_SSL_CAINFO",
            "GIT_EXEC_PATH",
            "GIT_CEILING_DIRECTORIES");

    private static final Map<String, String> SET = Map.of(
            "LC_ALL", "C",
            "GIT_TERMINAL_PROMPT", "0",
            "GIT_EDITOR", ":",
            "GIT_SEQUENCE_EDITOR", ":",
            "GIT_PAGER", "cat",
            "GIT_MERGE_AUTOEDIT", "no",
            "GIT_LITERAL_PATHSPECS", "1",
            "GIT_ADVICE", "0",
            "GIT_OPTIONAL_LOCKS", "0");

    private GitEnvironment() {}

    static Map<String, String> of(Map<String, String> host) {
        var environment = new HashMap<String, String>();
        for (Map.Entry<String, String> variable : host.entrySet()) {
            String name = variable.getKey();
            boolean gits = name.toUpperCase(Locale.ROOT).startsWith("GIT_");
            if (!gits || KEPT.contains(name)) environment.put(name, variable.getValue());
        }
        environment.remove("LANGUAGE");
        environment.putAll(SET);
        return Map.copyOf(environment);
    }
}
