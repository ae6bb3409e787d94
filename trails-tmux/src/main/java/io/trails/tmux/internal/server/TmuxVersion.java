package io.trails.tmux.internal.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as {@code tmux -V} and the format {@code version} tell it, such as {@code 3.3a} or {@code next-3.7}.
 *
 * @param major before the dot
 * @param minor after the dot; letters of patch releases do not count
 */
public record TmuxVersion(int major, int minor) implements Comparable<TmuxVersion> {
    private static final Pattern FORM = Pattern.compile("(?:tmux )?(?:next-|openbsd-)?(\\d{1,4})\\.(\\d{1,4}).*");

    public static Optional<TmuxVersion> parse(String text) {
        if (text.strip().equals("tmux master")) return Optional.of(new TmuxVersion(Integer.MAX_VALUE, 0));
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) return Optional.empty();
        return Optional.of(new TmuxVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    }

    public boolean isAtLeast(int wantedMajor, int wantedMinor) {
        return compareTo(new TmuxVersion(wantedMajor, wantedMinor)) >= 0;
    }

    @Override
    public int compareTo(TmuxVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }
}
