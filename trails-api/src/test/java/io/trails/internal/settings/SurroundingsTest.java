package io.trails.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.trails.Reason;
import io.trails.internal.settings.Surroundings.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurroundingsTest {
    @TempDir
    Path root;

    private Surroundings detect(Map<String, String> environment) {
        var complete = new HashMap<>(environment);
        complete.putIfAbsent("HOME", root.toString());
        return Surroundings.detect(complete, root, true);
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private static String reasons(Surroundings surroundings) {
        var text = new StringBuilder();
        for (Reason reason : surroundings.reasons())
            text.append(reason.code()).append(' ').append(reason.message());
        return text.toString();
    }

    @Test
    void a_plain_machine_has_nothing_to_report() {
        assertThat(detect(Map.of())).isEqualTo(Surroundings.none());
    }

    @ParameterizedTest
    @CsvSource({
        "KUBERNETES_SERVICE_HOST, 10.0.0.1, CONTAINER, environment.kubernetes",
        "REMOTE_CONTAINERS, true, CONTAINER, environment.dev-container",
        "DEVCONTAINER, true, CONTAINER, environment.dev-container",
        "container, podman, CONTAINER, environment.container",
        "DOCKER_HOST, tcp://secret, ENGINE, environment.engine",
        "DAGGER_SESSION_PORT, 4711, ENGINE, environment.engine",
        "_EXPERIMENTAL_DAGGER_RUNNER_HOST, unix, ENGINE, environment.engine",
        "WSL_DISTRO_NAME, Ubuntu, WSL, environment.wsl",
        "SSH_CONNECTION, 1 2 3 4, SSH, environment.ssh",
        "SSH_TTY, /dev/pts/0, SSH, environment.ssh",
        "GITHUB_ACTIONS, true, CI, environment.github-actions",
        "GITLAB_CI, true, CI, environment.gitlab-ci",
        "JENKINS_URL, http://ci, CI, environment.jenkins",
        "CI, 1, CI, environment.ci",
        "CODESPACES, true, CLOUD_IDE, environment.codespaces",
        "GITPOD_WORKSPACE_ID, x, CLOUD_IDE, environment.gitpod",
        "C9_PROJECT, x, CLOUD_IDE, environment.cloud9",
        "CODER_WORKSPACE_NAME, x, CLOUD_IDE, environment.coder",
        "CLOUD_SHELL, true, CLOUD_IDE, environment.cloud-shell",
        "TMUX, '/tmp/tmux,1,0', TMUX, environment.tmux"
    })
    void a_variable_is_a_fact_with_its_name_as_evidence(String variable, String value, Fact fact, String code) {
        Surroundings found = detect(Map.of(variable, value));
        assertThat(found.facts()).containsExactly(fact);
        assertThat(reasons(found)).startsWith(code).contains(variable).doesNotContain(value + " ");
    }

    @ParameterizedTest
    @CsvSource({".dockerenv, environment.docker", "run/.containerenv, environment.podman"})
    void a_marker_file_is_a_fact_with_its_path_as_evidence(String file, String code) throws IOException {
        write(file, "");
        Surroundings found = detect(Map.of());
        assertThat(found.facts()).containsExactly(Fact.CONTAINER);
        assertThat(reasons(found)).startsWith(code).contains("/" + file);
    }

    @ParameterizedTest
    @CsvSource({"5.15.153.1-microsoft-standard-WSL2, environment.wsl2", "4.4.0-19041-Microsoft, environment.wsl1"})
    void the_kernel_tells_which_wsl(String release, String code) throws IOException {
        write("proc/sys/kernel/osrelease", release + "\n");
        assertThat(reasons(detect(Map.of()))).startsWith(code);
    }

    @Test
    void a_container_on_a_wsl_kernel_is_not_wsl() throws IOException {
        write("proc/sys/kernel/osrelease", "5.15.153.1-microsoft-standard-WSL2\n");
        write(".dockerenv", "");
        assertThat(detect(Map.of()).facts()).containsExactly(Fact.CONTAINER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "0", "", " ", "FALSE", "no"})
    void a_variable_that_says_no_is_no_fact(String value) {
        assertThat(detect(Map.of("CI", value, "CODESPACES", value)).facts()).isEmpty();
    }

    @Test
    void a_known_ci_service_is_not_reported_a_second_time_as_a_generic_one() {
        assertThat(detect(Map.of("CI", "true", "GITHUB_ACTIONS", "true")).reasons())
                .hasSize(1);
    }

    @Test
    void an_engine_that_is_named_can_be_used_from_inside_a_container() {
        assertThat(detect(Map.of("KUBERNETES_SERVICE_HOST", "x")).lacksEngine()).isTrue();
        assertThat(detect(Map.of("KUBERNETES_SERVICE_HOST", "x", "DOCKER_HOST", "y"))
                        .lacksEngine())
                .isFalse();
        assertThat(detect(Map.of()).lacksEngine()).isFalse();
    }

    @Test
    void a_missing_terminal_is_a_fact() {
        Surroundings found = Surroundings.detect(Map.of("HOME", root.toString()), root, false);
        assertThat(found.facts()).containsExactly(Fact.NO_TTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "relative", "/does/not/exist", "\0"})
    void a_home_that_cannot_be_used_is_missing(String home) {
        Surroundings found = detect(Map.of("HOME", home));
        assertThat(found.facts()).containsExactly(Fact.NO_HOME);
        assertThat(reasons(found)).startsWith("environment.home-missing");
    }

    @Test
    void a_home_that_cannot_be_written_is_read_only() throws IOException {
        Path home = Files.createDirectory(root.resolve("home"));
        assumeFalse(!Files.getFileStore(home).supportsFileAttributeView("posix"), "No permissions to take away here");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(home), "This user, such as root, may write anywhere");
        assertThat(reasons(detect(Map.of("HOME", home.toString())))).startsWith("environment.home-read-only");
    }
}
