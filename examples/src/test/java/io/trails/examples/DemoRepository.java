package io.trails.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.ProviderInfo;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A repository of a test, with an identity of its own. */
final class DemoRepository {
    private DemoRepository() {}

    /** Skips the test where there is no git. */
    static void create(Path directory) throws IOException {
        assumeTrue(isInstalled() || Boolean.getBoolean("trails.test.requireTools"), "git is not installed");
        git(directory, "init", "-q", "-b", "main");
        git(directory, "config", "user.name", "Dora Demo");
        git(directory, "config", "user.email", "dora@example.org");
        git(directory, "add", "-A");
        git(directory, "commit", "-q", "--allow-empty", "-m", "Start");
        try (Trails trails = Trails.create(directory)) {
            assertThat(trails.providers())
                    .filteredOn(provider -> provider.id().equals("worktree"))
                    .extracting(ProviderInfo::status)
                    .containsExactly(ProviderInfo.Status.USABLE);
        }
    }

    private static boolean isInstalled() {
        try {
            git(Path.of(""), "--version");
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    private static void git(Path directory, String... arguments) throws IOException {
        Process process = new ProcessBuilder(command(arguments))
                .directory(directory.toAbsolutePath().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        assertThat(process.exitValue()).as("git %s", List.of(arguments)).isZero();
    }

    private static List<String> command(String... arguments) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return command;
    }
}
