package io.trails.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class PathGlobLawsTest {
    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.of(
                        "a", "b", "/", "*", "**", "?", "/**", "**/", "/a", "{a,b/}", "{*,b}", "[ab]", "[!a]", "\\a")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> plainGlobs() {
        return Arbitraries.of("a", "b", "/", "*", "**", "?", "/**", "**/", "/a")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> directories() {
        return Arbitraries.of("a", "b", "ab", "ba", "aab")
                .list()
                .ofMaxSize(4)
                .map(names -> "/" + String.join("/", names));
    }

    @Property(tries = 20_000)
    void it_matches_what_a_search_through_all_possibilities_does(
            @ForAll("plainGlobs") String glob, @ForAll("directories") String directory) {
        String anchored = "/" + glob;
        boolean expected = naive(trimmed(anchored), 0, trimmed(directory))
                || (directory.equals("/") && naive(trimmed(anchored), 0, "/"));
        Statistics.label("matches").collect(expected);
        assertThat(PathGlob.of(anchored).matches(directory, false)).isEqualTo(expected);
    }

    /** By the rules as they are documented, one after the other. */
    private static boolean naive(String glob, int at, String text) {
        String rest = glob.substring(at);
        if (rest.isEmpty()) return text.isEmpty();
        boolean atStart = at == 0 || glob.charAt(at - 1) == '/';
        if (rest.matches("(/\\*\\*+)+")) return text.isEmpty() || text.startsWith("/");
        if (rest.startsWith("**")) {
            int end = at;
            while (end < glob.length() && glob.charAt(end) == '*') end++;
            boolean names = atStart && end < glob.length() && glob.charAt(end) == '/';
            if (names && naive(glob, end + 1, text)) return true;
            for (int i = 0; i <= text.length(); i++) if (naive(glob, end, text.substring(i))) return true;
            return false;
        }
        if (rest.startsWith("*")) {
            for (int i = 0; i <= text.length(); i++) {
                if (naive(glob, at + 1, text.substring(i))) return true;
                if (i < text.length() && text.charAt(i) == '/') return false;
            }
            return false;
        }
        if (text.isEmpty()) return false;
        char wanted = rest.charAt(0);
        boolean same = wanted == '?' ? text.charAt(0) != '/' : wanted == text.charAt(0);
        return same && naive(glob, at + 1, text.substring(1));
    }

    private static String trimmed(String text) {
        return text.replaceAll("/+$", "");
    }

    @Property(tries = 20_000)
    void it_matches_all_that_globs_of_the_platform_match(
            @ForAll("globs") String glob, @ForAll("directories") String directory) {
        boolean platform = platform(glob, directory);
        Statistics.label("matches").collect(platform);
        if (platform) assertThat(PathGlob.of(glob).matches(directory, false)).isTrue();
    }

    private static boolean platform(String glob, String directory) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(directory));
        } catch (PatternSyntaxException none) {
            Assume.that(false);
            return false;
        }
    }
}
