package io.trails.dagger.internal.sandbox;

/**
 * How many of something there are, for a person. Immutable.
 *
 * @param number of them
 */
record Count(int number) {
    /** The number with its noun, such as {@code 1 file}. */
    String of(String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    /** What was said of all of them, with one of them named. */
    static String of(int number, String saidOfOne, String saidOfSeveral, String example) {
        return new Count(number).of(saidOfOne, saidOfSeveral) + (number == 1 ? ": " : ", such as ") + example;
    }
}
