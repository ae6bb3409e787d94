package io.trails.worktree.internal.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds git, and asks each program for its version only once as long as its file stays the same. Thread-safe. */
public final class GitPrograms {
    private final Map<Version, GitVersion> known = new ConcurrentHashMap<>();

    /** What an update of a program changes. */
    private record Version(Path executable, Path real, FileTime modified, long size) {
        static Version of(Path executable) throws IOException {
            Path real = executable.toRealPath();
            BasicFileAttributes file = Files.readAttributes(real, BasicFileAttributes.class);
            return new Version(executable, real, file.lastModifiedTime(), file.size());
        }
    }

    /** Knows none yet. */
    public GitPrograms() {}

    /** As {@link GitProgram#find}. */
    public Optional<GitProgram> find(Map<String, String> host) {
        return GitProgram.firstExecutable(host).flatMap(executable -> asked(executable, GitEnvironment.of(host)));
    }

    private Optional<GitProgram> asked(Path executable, Map<String, String> environment) {
        try {
            Version version = Version.of(executable);
            GitVersion before = known.get(version);
            if (before != null) return Optional.of(new GitProgram(executable, before, environment));
            Optional<GitProgram> program = GitProgram.asked(executable, environment);
            program.ifPresent(found -> known.put(version, found.version()));
            return program;
        } catch (IOException unreadable) {
            return GitProgram.asked(executable, environment);
        }
    }
}
