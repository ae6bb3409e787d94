package io.trails.dagger.internal.connection;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code dagger version} prints: {@code dagger v0.21.8 (image://…) linux/amd64}.
 *
 * @param version of the program
 * @param runnerHost where it looks for its engine
 */
record CliVersion(String version, String runnerHost) {
    private static final Pattern LINE = Pattern.compile("dagger (\\S+) \\((\\S*)\\) \\S+");
    private static final Pattern RELEASE = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\..*");

    /** Empty where something else is printed. */
    static Optional<CliVersion> read(String output) {
        return output.lines()
                .map(line -> LINE.matcher(line.strip()))
                .filter(Matcher::matches)
                .map(found -> new CliVersion(found.group(1), found.group(2)))
                .findFirst();
    }

    /** Whether it is a release before 0.19. What is no release is newer than all of them. */
    boolean isTooOld() {
        Matcher release = RELEASE.matcher(version);
        return release.matches()
                && Integer.parseInt(release.group(1)) == 0
                && Integer.parseInt(release.group(2)) < 19
                && !version.startsWith("v0.0.");
    }
}
