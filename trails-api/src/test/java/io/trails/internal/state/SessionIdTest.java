package io.trails.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.TrailsException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {
    @Property
    void an_id_is_safe_wherever_it_is_used(@ForAll("names") String name) {
        assertThat(SessionId.of(name)).matches("[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?");
        assertThat(Path.of("/base").resolve(SessionId.of(name)).normalize()).hasParentRaw(Path.of("/base"));
    }

    @Property
    void an_id_is_its_own_id(@ForAll("names") String name) {
        assertThat(SessionId.of(SessionId.of(name))).isEqualTo(SessionId.of(name));
    }

    @Property
    void a_plain_name_is_its_own_id(@ForAll("plain") String name) {
        assertThat(SessionId.of(name)).isEqualTo(name);
    }

    @Property(tries = 50)
    void different_names_have_different_ids(@ForAll("many") List<String> names) {
        var owners = new HashMap<String, String>();
        for (String name : Set.copyOf(names)) {
            assertThat(owners.put(SessionId.of(name), name))
                    .as("owner of the id of '%s'", name)
                    .isNull();
        }
    }

    @Property
    void any_text_has_an_id_or_is_refused_with_the_code(@ForAll String text) {
        try {
            assertThat(SessionId.isSafe(SessionId.of(text))).isTrue();
        } catch (TrailsException refused) {
            assertThat(refused.code()).isEqualTo("session.name-invalid");
        }
        assertThat(SessionId.isSafe(SessionId.ofAny(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u3000\u00a0",
                "a\nb",
                "a\u0000b",
                "a\u200bb",
                "\ud83d",
                "x\udc00",
                "\u2028",
                "\u202eevil"
            })
    void a_name_that_cannot_be_seen_is_refused(String name) {
        assertThatThrownBy(() -> SessionId.of(name)).isInstanceOfSatisfying(TrailsException.class, refused -> {
            assertThat(refused.code()).isEqualTo("session.name-invalid");
            assertThat(refused.getMessage()).matches("[\\x20-\\x7e]+");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "con",
                "nul",
                "com1",
                "lpt9",
                "..",
                ".",
                "a/b",
                "../../etc",
                "-rf",
                "a-",
                "A",
                "Fix",
                "日本",
                "a b",
                "CON"
            })
    void a_name_that_is_no_file_name_everywhere_gets_a_hash(String name) {
        assertThat(SessionId.of(name)).matches("[a-z0-9-]*[a-z0-9]-[0-9a-f]{8}");
    }

    @Test
    void names_that_differ_only_in_case_do_not_meet_where_case_does_not_count() {
        assertThat(SessionId.of("Fix").toLowerCase(Locale.ROOT)).isNotEqualTo(SessionId.of("fix"));
        assertThat(SessionId.of("FIX")).isNotEqualTo(SessionId.of("Fix"));
    }

    @Test
    void length_is_counted_in_characters_as_people_see_them() {
        assertThat(SessionId.of("😀".repeat(200))).startsWith("session-");
        assertThatThrownBy(() -> SessionId.of("😀".repeat(201))).isInstanceOf(TrailsException.class);
        assertThat(SessionId.of("a".repeat(48))).isEqualTo("a".repeat(48));
        assertThat(SessionId.of("a".repeat(49))).hasSize(48);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("aZ0-_./\\ é日~:")
                .withCharRange('!', '~')
                .ofMinLength(1)
                .ofMaxLength(80)
                .filter(name -> !name.isBlank());
    }

    @Provide
    Arbitrary<String> plain() {
        Arbitrary<String> ends =
                Arbitraries.strings().withCharRange('a', 'z').numeric().ofLength(1);
        Arbitrary<String> middle = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('-')
                .numeric()
                .ofMaxLength(46);
        return Combinators.combine(ends, middle, ends)
                .as((a, b, c) -> a + b + c)
                .filter(name -> !name.matches("con|prn|aux|nul|(com|lpt)[0-9]"));
    }

    @Provide
    Arbitrary<List<String>> many() {
        return names().list().ofSize(50);
    }
}
