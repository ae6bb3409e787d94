package io.trails.tmux.internal.terminal;

import io.trails.Command;
import io.trails.TrailsException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What {@link LaunchScript} reads from its pipe: shell text that sets the environment, the directory and the arguments. */
final class Orders {
    /** What the terminal says of itself wins over what is said of the one the host runs in. */
    private static final Set<String> OF_THE_TERMINAL = Set.of(
            "TERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "COLUMNS", "LINES", "WINDOWID", "TERMCAP", "PWD", "OLDPWD");

    /** What tmux or its server's own environment bring along. */
    private static final List<String> OF_THE_SERVER = List.of(
            "TMUX",
            "TMUX_PANE",
            "SHELL",
            "HOME",
            "USER",
            "LOGNAME",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TMPDIR",
            "TZ",
            "XDG_RUNTIME_DIR",
            "SHLVL",
            "PATH");

    /** Bash knows these itself and lets nobody set them. */
    private static final Set<String> READ_ONLY =
            Set.of("UID", "EUID", "PPID", "SHELLOPTS", "BASHOPTS", "BASH_VERSINFO");

    /** Those of {@link LaunchScript}. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("trails_dir", "trails_gate", "trails_pane", "trails_code");

    private Orders() {}

    /**
     * @param name of the terminal, for the message
     * @param command complete, as a sandbox gives it
     * @throws TrailsException {@code terminal.not-started} for a variable that no shell hands on
     */
    static byte[] of(String name, Command command) {
        var text = new StringBuilder(4096);
        Map<String, String> environment = new TreeMap<>(command.environment());
        environment.keySet().removeAll(OF_THE_TERMINAL);
        // Functions that bash exports; many an environment has some without needing them.
        environment.keySet().removeIf(variable -> variable.startsWith("BASH_FUNC_"));
        // Dash ends at any other value; no program but a shell knows it.
        if (!environment.getOrDefault("OPTIND", "1").matches("\\d{1,9}")) environment.remove("OPTIND");
        text.append("unset");
        for (String variable : OF_THE_SERVER) {
            if (!environment.containsKey(variable)) text.append(' ').append(variable);
        }
        text.append('\n');
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            checkName(name, variable.getKey());
            export(text, variable.getKey(), variable.getValue());
        }
        text.append("cd -- ");
        quote(text, command.directory().orElseThrow().toString());
        text.append(" >/dev/null 2>&1 || trails_refuse directory\nunset OLDPWD\nset --");
        for (String argument : command.argv()) {
            text.append(' ');
            quote(text, argument);
        }
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void export(StringBuilder text, String variable, String value) {
        if (READ_ONLY.contains(variable)) {
            text.append("{ command export ").append(variable).append('=');
            quote(text, value);
            text.append(" || command export ").append(variable).append("; } 2>/dev/null || :\n");
            return;
        }
        text.append("export ").append(variable).append('=');
        quote(text, value);
        // Bash says on the screen that it does not know a locale.
        boolean locale = variable.equals("LANG") || variable.startsWith("LC_");
        text.append(locale ? " 2>/dev/null\n" : "\n");
    }

    /** A shell stands between: some drop variables that they could not have themselves, and silence would be a lie. */
    private static void checkName(String name, String variable) {
        if (OF_THE_SCRIPT.contains(variable)) {
            throw new TrailsException(
                    "terminal.not-started",
                    "Terminal '" + name + "' cannot be started: its environment has '" + variable + "', a name that"
                            + " trails uses itself to start programs; choose another one");
        }
        for (int i = 0; i < variable.length(); i++) {
            char c = variable.charAt(i);
            boolean letter = c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (letter || (i > 0 && c >= '0' && c <= '9')) continue;
            throw new TrailsException(
                    "terminal.not-started",
                    "Terminal '" + name + "' cannot be started: its environment has '" + variable + "', a name that"
                            + " a POSIX shell does not hand on; use letters, digits and underscores");
        }
    }

    static void quote(StringBuilder text, String value) {
        text.append('\'').append(value.replace("'", "'\\''")).append('\'');
    }
}
