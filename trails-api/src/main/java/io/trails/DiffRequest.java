package io.trails;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What {@link Session#diff} and {@link Session#writePatch} compare. Immutable. It will grow. */
public final class DiffRequest {
    private static final DiffRequest ALL = new DiffRequest(Optional.empty(), Optional.empty(), List.of(), 3, 5_000);

    private final Optional<Checkpoint> since;
    private final Optional<Checkpoint> until;
    private final List<String> paths;
    private final int contextLines;
    private final int linesPerFile;

    private DiffRequest(
            Optional<Checkpoint> since,
            Optional<Checkpoint> until,
            List<String> paths,
            int contextLines,
            int linesPerFile) {
        this.since = since;
        this.until = until;
        this.paths = paths;
        this.contextLines = contextLines;
        this.linesPerFile = linesPerFile;
    }

    /**
     * All files as they are now, against the point the session started from, with 3 lines of context and at most 5000 lines of
     * a file.
     *
     * @return the request
     */
    public static DiffRequest all() {
        return ALL;
    }

    /**
     * The same against a checkpoint.
     *
     * @param checkpoint what counts as old
     * @return a new request
     */
    public DiffRequest since(Checkpoint checkpoint) {
        return new DiffRequest(
                Optional.of(Objects.requireNonNull(checkpoint, "checkpoint")),
                until,
                paths,
                contextLines,
                linesPerFile);
    }

    /**
     * The same up to a checkpoint.
     *
     * @param checkpoint what counts as new
     * @return a new request
     */
    public DiffRequest until(Checkpoint checkpoint) {
        return new DiffRequest(
                since,
                Optional.of(Objects.requireNonNull(checkpoint, "checkpoint")),
                paths,
                contextLines,
                linesPerFile);
    }

    /**
     * The same for some files or folders only.
     *
     * @param only relative to the session's directory, with '/'; taken literally
     * @return a new request
     */
    public DiffRequest paths(String... only) {
        Objects.requireNonNull(only, "only");
        return new DiffRequest(since, until, List.of(only), contextLines, linesPerFile);
    }

    /**
     * The same with another number of unchanged lines around each change.
     *
     * @param lines at least 0
     * @return a new request
     */
    public DiffRequest contextLines(int lines) {
        if (lines < 0) throw new IllegalArgumentException("A context has at least 0 lines, not " + lines);
        return new DiffRequest(since, until, paths, lines, linesPerFile);
    }

    /**
     * The same with another bound on what {@link Session#diff} gives of one file. {@link Session#writePatch} is never cut.
     *
     * @param lines at least 0; further lines are left out and {@link FileDiff#cut()} says so
     * @return a new request
     */
    public DiffRequest linesPerFile(int lines) {
        if (lines < 0) throw new IllegalArgumentException("A file has at least 0 lines, not " + lines);
        return new DiffRequest(since, until, paths, contextLines, lines);
    }

    /**
     * What counts as old.
     *
     * @return a checkpoint, or empty for the point the session started from
     */
    public Optional<Checkpoint> since() {
        return since;
    }

    /**
     * What counts as new.
     *
     * @return a checkpoint, or empty for the files as they are now
     */
    public Optional<Checkpoint> until() {
        return until;
    }

    /**
     * Which files or folders are compared.
     *
     * @return an unmodifiable list; empty for all
     */
    public List<String> paths() {
        return paths;
    }

    /**
     * How many unchanged lines surround a change.
     *
     * @return at least 0
     */
    public int contextLines() {
        return contextLines;
    }

    /**
     * How many lines of one file are given.
     *
     * @return at least 0
     */
    public int linesPerFile() {
        return linesPerFile;
    }

    @Override
    public String toString() {
        return "DiffRequest" + since.map(c -> " since " + c.id()).orElse("")
                + until.map(c -> " until " + c.id()).orElse("") + (paths.isEmpty() ? "" : " of " + paths);
    }
}
