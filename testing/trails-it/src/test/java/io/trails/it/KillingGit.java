package io.trails.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A git that kills the JVM that calls it with -9, so that a host dies after each step that it takes with git. It counts the calls
 * once it is armed.
 */
record KillingGit(Path folder) {
    /** What becomes of the call that is fatal. */
    enum Moment {
        /** It is not made. */
        BEFORE,
        /** It goes on without the host, as a command does whose host has died. */
        DURING
    }

    static KillingGit in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path script = folder.resolve("git");
        Files.writeString(
                script,
                """
                #!/bin/sh
                # Only the calls of the host itself are its steps.
                if [ -e '%1$s/armed' ] && [ "$1" != --version ]; then
                    read -r jvm fatal moment < '%1$s/armed'
                    echo "$*" >> '%1$s/calls'
                    # Calls may come at the same time; one of them is the one.
                    if [ "$fatal" -gt 0 ] && [ "$(wc -l < '%1$s/calls')" -ge "$fatal" ] \\
                            && mv '%1$s/armed' '%1$s/fired' 2> '%1$s/late'; then
                        kill -9 "$jvm"
                        [ "$moment" = DURING ] && /usr/bin/git "$@"
                        touch '%1$s/over'
                        exit 137
                    fi
                fi
                exec /usr/bin/git "$@"
                """
                        .formatted(folder));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new KillingGit(folder);
    }

    /** The same environment with this git in it. */
    Map<String, String> environment(Map<String, String> real) {
        var environment = new HashMap<>(real);
        environment.merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
        return environment;
    }

    /** From now on calls count from 1, and that one kills this JVM. */
    void arm(int fatal, Moment moment) {
        try {
            Files.deleteIfExists(folder.resolve("calls"));
            Path staged = Files.writeString(
                    folder.resolve("arming"), ProcessHandle.current().pid() + " " + fatal + " " + moment + "\n");
            Files.move(staged, folder.resolve("armed"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits until the call that was fatal is over, if there was one. */
    void awaitEnd() {
        if (!Files.exists(folder.resolve("armed"))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("over")));
        }
    }

    /** How many calls there were. */
    int disarm() {
        try {
            Files.delete(folder.resolve("armed"));
            return Files.exists(folder.resolve("calls"))
                    ? Files.readAllLines(folder.resolve("calls")).size()
                    : 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
