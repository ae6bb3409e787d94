package io.trails.dagger.internal.live;

import java.util.Optional;

/** What a bridge tells, a line each. It comes out of the container: the program could have made it up. */
sealed interface Event {
    /**
     * The program runs.
     *
     * @param program its process
     * @param bridge the first process of the bridge
     * @param outer the parent of that
     */
    record Started(long program, long bridge, long outer) implements Event {}

    /** The program cannot run: its {@code directory} is missing, or the {@code program} itself. */
    record Failed(String what) implements Event {}

    record Exited(int code) implements Event {}

    /**
     * A process that the container shows.
     *
     * @param ticks of processor time, in hundredths of a second
     */
    record Listed(long id, long parent, String state, long ticks, long pages) implements Event {}

    /** All processes were told. */
    record Told(long question, long pageSize) implements Event {}

    static Optional<Event> parse(String line) {
        String[] words = line.split(" ", -1);
        try {
            return switch (words[0] + "/" + (words.length - 1)) {
                case "started/3" -> Optional.of(new Started(number(words[1]), number(words[2]), number(words[3])));
                case "failed/1" -> Optional.of(new Failed(words[1]));
                case "exit/1" -> code(number(words[1]));
                case "process/6" ->
                    Optional.of(new Listed(
                            number(words[1]),
                            number(words[2]),
                            words[3],
                            number(words[4]) + number(words[5]),
                            number(words[6])));
                case "usage/2" -> Optional.of(new Told(number(words[1]), number(words[2])));
                default -> Optional.empty();
            };
        } catch (NumberFormatException madeUp) {
            return Optional.empty();
        }
    }

    private static Optional<Event> code(long code) {
        return code > 255 ? Optional.empty() : Optional.of(new Exited((int) code));
    }

    private static long number(String word) {
        if (word.length() > 11) throw new NumberFormatException("too long");
        return Long.parseUnsignedLong(word);
    }
}
