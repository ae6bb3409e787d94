package io.trails.dagger.internal.exec;

import io.trails.Limits;
import io.trails.Limits.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The script that every command runs under, and how it is called. */
public final class Script {
    /** Below a container's root, where what is trails' own is mounted. Nothing of it becomes part of the root. */
    public static final String PLACE = ".trails";

    /** Where the script lies in a container. */
    public static final String PATH = "/.trails/run.sh";

    /** Where a command's outputs and its end are told. Mounted anew for each command. */
    public static final String IO = "/.trails/io";

    /** Where a command's input lies that is no text. */
    public static final String INPUT = "/.trails/in";

    private static final int BLOCK = 512;

    private Script() {}

    /** What it says. */
    public static String text() {
        try (InputStream in = Script.class.getResourceAsStream("run.sh")) {
            if (in == null) throw new IllegalStateException("trails-dagger has lost its script run.sh");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The arguments that have it run a command.
     *
     * @param limit after which the command is ended
     * @param input {@code none}, {@code pipe} or a file in the container
     * @param directory absolute
     */
    public static List<String> arguments(
            Optional<Duration> limit, String input, String directory, Limits limits, List<String> argv) {
        var arguments = new ArrayList<String>(argv.size() + 10);
        arguments.addAll(List.of("/bin/sh", PATH, IO));
        long millis = limit.map(Duration::toMillis).orElse(0L);
        arguments.add(millis == 0 && limit.isEmpty() ? "0" : exactly(Math.max(1, millis)));
        arguments.add(Long.toString(roundedUp(millis, 1000)));
        arguments.add(input);
        arguments.add(directory);
        arguments.add(Long.toString(roundedUp(limits.get(Kind.CPU_TIME).orElse(0), 1000)));
        arguments.add(Long.toString(limits.get(Kind.OPEN_FILES).orElse(0)));
        arguments.add(Long.toString(roundedUp(limits.get(Kind.FILE_SIZE).orElse(0), BLOCK)));
        arguments.addAll(argv);
        return List.copyOf(arguments);
    }

    /** The limits of each process as a line of shell that sets them and ends the shell where one cannot be set. */
    public static String limits(Limits limits) {
        var text = new StringBuilder();
        limits.get(Kind.CPU_TIME).ifPresent(millis -> {
            long seconds = roundedUp(millis, 1000);
            text.append("ulimit -S -t ")
                    .append(seconds)
                    .append(" && ulimit -H -t ")
                    .append(seconds + 1);
            text.append(" || exit 126; ");
        });
        limits.get(Kind.OPEN_FILES)
                .ifPresent(count -> text.append("ulimit -n ").append(count).append(" || exit 126; "));
        limits.get(Kind.FILE_SIZE)
                .ifPresent(bytes -> text.append("ulimit -f ")
                        .append(roundedUp(bytes, BLOCK))
                        .append(" || exit 126; "));
        return text.toString();
    }

    private static long roundedUp(long amount, long unit) {
        return amount / unit + (amount % unit == 0 ? 0 : 1);
    }

    private static String exactly(long millis) {
        return millis % 1000 == 0
                ? Long.toString(millis / 1000)
                : millis / 1000 + "." + Long.toString(1000 + millis % 1000).substring(1);
    }
}
