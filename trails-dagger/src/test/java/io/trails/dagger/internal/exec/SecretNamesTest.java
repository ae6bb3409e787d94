package io.trails.dagger.internal.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GITHUB_TOKEN",
                "npm_token",
                "AWS_SECRET_ACCESS_KEY",
                "DB_PWD",
                "SSHPASS",
                "API_KEY",
                "MYAPIKEY",
                "X-AUTH"
            })
    void names_that_say_so_are_secret(String name) {
        assertThat(SecretNames.isSecret(name, "long enough")).isTrue();
        assertThat(SecretNames.isSecret(name, "short")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATH", "PWD", "OLDPWD", "GIT_ASKPASS", "KEYBOARD", "AUTHOR", "MONKEY", "HOME", "PATTERN"})
    void other_names_are_not(String name) {
        assertThat(SecretNames.isSecret(name, "long enough")).isFalse();
    }
}
