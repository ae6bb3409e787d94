package io.trails.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final Redactor NOTHING_KNOWN = Redactor.of(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GITHUB_TOKEN",
                "npm_token",
                "CLIENT_SECRET",
                "DB_PASSWORD",
                "PGPASSWD",
                "OPENAI_API_KEY",
                "APIKEY",
                "AWS_CREDENTIALS",
                "BASIC_AUTH",
                "SIGNING_KEY_2",
                "ssh-passphrase",
                "githubToken",
                "DB_PWD",
                "MYSQL_PWD",
                "DBPWD",
                "PGPASSWORD",
                "SSHPASS",
                "DB_PASS"
            })
    void values_of_variables_that_say_secret_are_taken_out(String name) {
        assertThat(Redactor.of(Map.of(name, "hunter2hunter2")).redact("a hunter2hunter2 b"))
                .isEqualTo("a [redacted] b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PATH", "KEYBOARD", "HOME", "AUTHOR", "MONKEY", "COMPATIBLE", "PWD", "OLDPWD", "SSH_ASKPASS"})
    void values_of_other_variables_stay(String name) {
        assertThat(Redactor.of(Map.of(name, "hunter2hunter2")).redact("hunter2hunter2"))
                .isEqualTo("hunter2hunter2");
    }

    @Test
    void short_values_stay_because_they_occur_everywhere() {
        assertThat(Redactor.of(Map.of("TOKEN", "true")).redact("true story")).isEqualTo("true story");
    }

    @Test
    void secrets_of_several_environments_are_known() {
        var redactor =
                Redactor.of(Map.of("A_TOKEN", "first-secret")).with(Map.of("DB_PWD", "second-secret", "X", "word"));
        assertThat(redactor.redact("first-secret second-secret word")).isEqualTo("[redacted] [redacted] word");
    }

    @Test
    void a_secret_within_a_secret_leaves_nothing_of_the_longer_one() {
        var redactor = Redactor.of(Map.of("A_TOKEN", "abcdefgh", "B_TOKEN", "abcdefgh-ijklmnop"));
        assertThat(redactor.redact("x abcdefgh-ijklmnop y abcdefgh z")).isEqualTo("x [redacted] y [redacted] z");
    }

    @Property(tries = 200)
    void a_known_secret_is_never_left(
            @ForAll @AlphaChars @StringLength(min = 8, max = 40) String secret, @ForAll String text) {
        assertThat(Redactor.of(Map.of("SOME_SECRET", secret)).redact(text + secret + text))
                .doesNotContain(secret);
    }

    @Test
    void tokens_are_known_by_their_shape() {
        for (String token : List.of(
                "sk-" + "a1".repeat(12),
                "sk-ant-api03-" + "a_-1".repeat(10),
                "sk_live_" + "a1".repeat(8),
                "ghp_" + "a1".repeat(18),
                "gho_" + "a1".repeat(18),
                "github_pat_" + "a1_".repeat(15),
                "glpat-" + "a1_-".repeat(5),
                "AKIA" + "A1B2".repeat(4),
                "xoxb-" + "12-ab".repeat(6),
                "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxIn0" + ".c2lnbmF0dXJl_-x",
                "AIza" + "a-1".repeat(12),
                "hf_" + "aB".repeat(12),
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n+/=\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\ncut off")) {
            assertThat(NOTHING_KNOWN.redact("before (" + token)).isEqualTo("before ([redacted]");
        }
    }

    @Test
    void passwords_in_urls_and_bearer_tokens_are_taken_out() {
        assertThat(NOTHING_KNOWN.redact("git clone https://me:p@ss@host/x.git and more"))
                .isEqualTo("git clone https://me:[redacted]@host/x.git and more");
        assertThat(NOTHING_KNOWN.redact("Authorization: Bearer abc.def-123"))
                .isEqualTo("Authorization: Bearer [redacted]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://host:8080/path",
                "task-force",
                "a sk-b c",
                "ghost_writer",
                "git@github.com:a/b.git",
                "eye.J"
            })
    void ordinary_text_stays(String text) {
        assertThat(NOTHING_KNOWN.redact(text)).isEqualTo(text);
    }

    @Test
    void no_text_makes_it_slow() {
        for (String part :
                List.of("-----BEGIN PRIVATE KEY-----", "eyJaaaaaa.", "https://a:", "sk-", "bearer ", "://:")) {
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                assertThat(NOTHING_KNOWN.redact(part.repeat(100_000 / part.length())))
                        .isNotEmpty();
            });
        }
    }
}
