package io.trails.worktree.internal.git;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of git. Immutable; vendors' suffixes do not count. */
public record GitVersion(int major, int minor, int patch) implements Comparable<GitVersion> {
    private static final Pattern VERSION =
            Pattern.compile("git version (\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?.*", Pattern.DOTALL);

    /** @param answer of {@code git --version}, whose first words are fixed */
    static Optional<GitVersion> parse(String answer) {
        Matcher version = VERSION.matcher(answer);
        if (!version.matches()) return Optional.empty();
        String patch = version.group(3);
        return Optional.of(new GitVersion(
                Integer.parseInt(version.group(1)),
                Integer.parseInt(version.group(2)),
                patch == null ? 0 : Integer.parseInt(patch)));
    }

    public boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return compareTo(new GitVersion(wantedMajor, wantedMinor, 0)) >= 0;
    }

    @Override
    public int compareTo(GitVersion other) {
        if (major != other.major) return Integer.compare(major, other.major);
        if (minor != other.minor) return Integer.compare(minor, other.minor);
        return Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
