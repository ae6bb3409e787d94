package io.trails.tmux;

import static io.trails.tmux.LiveTerminals.SOON;
import static io.trails.tmux.LiveTerminals.see;
import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Command;
import io.trails.spi.HeldTerminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret in the environment of a program is that program's alone. */
class HostileEnvironmentTest {
    private static final String SECRET = "s3cr3t-4f1c77aa90";

    @TempDir
    Path root;

    @Test
    void a_secret_is_with_its_program_and_nowhere_else() throws Exception {
        try (var terminals = new LiveTerminals(root)) {
            see(terminals.script("before", "echo listening; exec cat"), "listening");
            Set<String> seen = ConcurrentHashMap.newKeySet();
            var stop = new AtomicBoolean();
            var watcher = new Thread(() -> {
                while (!stop.get()) seen.addAll(argumentLists());
            });
            watcher.setDaemon(true);
            watcher.start();
            for (int i = 0; i < 5; i++) {
                see(withSecret(terminals, "t" + i), "it is there");
            }
            HeldTerminal shell = terminals.create(terminals
                    .request("shell")
                    .environment(Map.of("PATH", System.getenv("PATH"), "ACME_TOKEN", SECRET))
                    .build());
            assertThat(shell.run("test \"$ACME_TOKEN\" = s3cr3t-\"4f1c77aa90\"", SOON)
                            .exitCode())
                    .isZero();
            see(terminals.script("after", "echo listening; exec cat"), "listening");
            stop.set(true);
            watcher.join(SOON.toMillis());
            assertThat(seen).isEmpty();

            assertThat(terminals.tmux("show-environment", "-g")).doesNotContain(SECRET, "ACME_TOKEN");
            for (String session : terminals
                    .tmux("list-sessions", "-F", "#{session_name}")
                    .lines()
                    .toList()) {
                assertThat(terminals.tmux("show-environment", "-t", "=" + session))
                        .doesNotContain(SECRET);
            }
            assertThat(Files.readString(
                            Path.of("/proc/" + terminals.server() + "/environ"), StandardCharsets.ISO_8859_1))
                    .doesNotContain(SECRET);
            for (Map.Entry<Long, String> process : terminals.processes().entrySet()) {
                String environment = environment(process.getKey());
                if (environment.contains(SECRET)) {
                    assertThat(environment).contains("ACME_TOKEN=" + SECRET);
                    assertThat(process.getValue()).matches("(cat|sh -c \\[ .*|/bin/sh) ");
                }
            }
            assertThat(filesThatTell(root)).isEmpty();
            assertThat(filesThatTell(terminals.runtimeDirectory())).isEmpty();
        }
        assertThat(filesThatTell(root)).isEmpty();
    }

    private static HeldTerminal withSecret(LiveTerminals terminals, String name) {
        var command = Command.of("sh", "-c", "[ \"${ACME_TOKEN%0}\" = s3cr3t-4f1c77aa9 ] && echo it is there; exec cat")
                .environment(Map.of("PATH", System.getenv("PATH"), "ACME_TOKEN", SECRET))
                .in(terminals.work());
        return terminals.create(terminals.request(name).command(command).build());
    }

    private static List<String> argumentLists() {
        return ProcessHandle.allProcesses()
                .map(process -> read(Path.of("/proc/" + process.pid() + "/cmdline")))
                .filter(text -> text.contains(SECRET))
                .toList();
    }

    private static String environment(long process) {
        return read(Path.of("/proc/" + process + "/environ"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static List<Path> filesThatTell(Path directory) throws IOException {
        if (!Files.exists(directory)) return List.of();
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> read(path).contains(SECRET))
                    .toList();
        }
    }
}
