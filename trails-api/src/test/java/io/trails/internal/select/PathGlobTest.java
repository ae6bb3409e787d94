package io.trails.internal.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathGlobTest {
    private static boolean matches(String glob, String directory) {
        return PathGlob.of(glob).matches(directory, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payments",
                "payments/",
                "payments/**",
                "pay*",
                "**/payments",
                "**/payments/",
                "**/payments/**",
                "**/payments/**/**",
                "shop/payments",
                "shop/**/payments",
                "/work/shop/payments",
                "/work/shop/payments/",
                "/work/shop/payments/**",
                "/work/**",
                "/work/**/payments",
                "/work/shop/**/payments/**",
                "/*/*/payments",
                "/work/{shop,till}/pay[k-m]ents",
                "/{srv,work}/**",
                "{/srv,/work}/**",
                "/work/shop/{payments/**,orders}",
                "/work/shop/\\payments",
                "shop",
                "**"
            })
    void a_rule_protects_the_directory_it_names_and_what_is_below_it(String glob) {
        assertThat(matches(glob, "/work/shop/payments")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payment",
                "**/payment/**",
                "ayments/**",
                "/payments",
                "/work/payments",
                "/work/shop",
                "/work/*",
                "/work/shop/payments/*",
                "/work/shop/payment?s?",
                "/work/shop/payments/**/x",
                "/work/shop/[!p]ayments",
                "/work/shop/{orders,bills}",
                "/work/shop/pay\\*"
            })
    void a_rule_for_others_does_not_hold(String glob) {
        assertThat(matches(glob, "/work/shop/payments")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"**, true", "/**, true", "/, true", "*, true", "/srv/**, false"})
    void the_root_is_a_directory_without_a_name(String glob, boolean matches) {
        assertThat(matches(glob, "/")).isEqualTo(matches);
    }

    @Test
    void case_is_ignored_where_the_file_system_does() {
        PathGlob glob = PathGlob.of("C:/Work/[p-q]ayments/**");
        assertThat(glob.matches("c:/work/Payments/api", true)).isTrue();
        assertThat(glob.matches("c:/work/Payments/api", false)).isFalse();
    }

    @Test
    void letters_with_accents_are_the_same_however_they_are_put_together() {
        assertThat(matches("**/ge\u0301ne\u0301ral", "/work/g\u00e9n\u00e9ral")).isTrue();
        assertThat(matches("**/g\u00e9n\u00e9ral", "/work/ge\u0301ne\u0301ral")).isTrue();
    }

    @Test
    void one_character_is_one_even_beyond_the_basic_plane() {
        assertThat(matches("/?", "/\ud83d\ude80")).isTrue();
        assertThat(matches("/??", "/\ud83d\ude80")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "a[b", "[]", "[!]", "[b-a]", "[a/b]", "{a", "{a,{b,c}}", "a\\", "/srv/shop\\/"})
    void a_glob_that_is_none_is_refused(String glob) {
        assertThatThrownBy(() -> PathGlob.of(glob)).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void a_glob_that_is_longer_than_any_path_is_refused() {
        assertThatThrownBy(() -> PathGlob.of("a".repeat(5_000))).isInstanceOf(PatternSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"**?", "**", "*a", "**/", "/**", "{a,*}", "{**,?}", "*?", "**a/"})
    void a_hostile_glob_takes_no_exponential_time(String part) {
        String glob = part.repeat(4_000 / part.length()) + "!/";
        String directory = "/" + "a".repeat(200) + "/a".repeat(100);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(matches(glob, directory)).isFalse());
    }
}
