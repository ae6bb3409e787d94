package io.trails.worktree.internal.git;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command answered. Immutable. */
public final class GitResult {
    private final int exitCode;
    private final byte[] output;
    private final String errors;

    GitResult(int exitCode, byte[] output, String errors) {
        this.exitCode = exitCode;
        this.output = output;
        this.errors = errors;
    }

    public int exitCode() {
        return exitCode;
    }

    public boolean ok() {
        return exitCode == 0;
    }

    /** All that it printed. Not a copy: nobody changes it. */
    public byte[] bytes() {
        return output;
    }

    /** What it printed, as UTF-8, without line ends around it. */
    public String text() {
        return new String(output, StandardCharsets.UTF_8).strip();
    }

    /** Its lines; only for output that holds no file names. */
    public List<String> lines() {
        String text = text();
        return text.isEmpty() ? List.of() : text.lines().toList();
    }

    /** What it printed, split at its NULs; what follows the last one counts unless it is empty. */
    public List<RepoPath> fields() {
        return RepoPath.split(output);
    }

    /** The end of its error output, for people only: it is in no known language. */
    public String errors() {
        return errors;
    }
}
