package io.trails.bench;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param quick whether a few short runs are enough to see that everything works
 * @param only part of the titles of the rows to run, or empty for all of them
 * @param file where the page is written
 */
record Options(boolean quick, String only, Optional<Path> file) {
    static final String USAGE = "usage: [--quick] [--only PART-OF-A-TITLE] [--write FILE]";
    private static final Path RESULTS = Path.of("testing", "trails-bench", "RESULTS.md");

    /** The whole run writes its page where it belongs; any other one only where it is told to. */
    static Options parse(List<String> arguments) {
        boolean quick = false;
        String only = "";
        Optional<Path> file = Optional.empty();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            switch (argument) {
                case "--quick" -> quick = true;
                case "--only" -> only = value(argument, rest);
                case "--write" -> file = Optional.of(Path.of(value(argument, rest)));
                default -> throw new IllegalArgumentException("Unknown argument " + argument + "; " + USAGE);
            }
        }
        var options = new Options(quick, only, file);
        return options.whole() && file.isEmpty() ? new Options(quick, only, Optional.of(RESULTS)) : options;
    }

    /** Whether everything is measured at full length. */
    boolean whole() {
        return !quick && only.isEmpty();
    }

    private static String value(String argument, Iterator<String> rest) {
        if (!rest.hasNext()) throw new IllegalArgumentException(argument + " needs a value; " + USAGE);
        return rest.next();
    }
}
