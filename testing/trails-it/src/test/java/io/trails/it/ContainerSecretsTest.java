package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Command;
import io.trails.ContainerRecipe;
import io.trails.Execution;
import io.trails.Mode;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.daggerdouble.scene.Traffic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Secrets reach the commands of a container, and are written nowhere. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContainerSecretsTest extends ContainerBench {
    private static final String OF_RECIPE = "s3cret-of-the-recipe-0123456789";
    private static final String OF_SESSION = "s3cret-of-the-session-0123456789";
    private static final String OF_COMMAND = "s3cret-of-the-command-0123456789";
    private static final List<String> SECRETS = List.of(OF_RECIPE, OF_SESSION, OF_COMMAND);

    @BeforeEach
    void giveSecret() {
        var environment = new HashMap<>(project.environment());
        environment.put("ACME_HOST_SECRET", OF_RECIPE);
        project = new GitProject(project.directory(), environment);
    }

    private static SessionSpec spec() {
        return SessionSpec.named("work")
                .mode(Mode.CONTAINER)
                .container(ContainerRecipe.builder()
                        .image("debian:12")
                        .secret("RECIPE_TOKEN", "env:ACME_HOST_SECRET")
                        .build())
                .environment(Map.of("SESSION_TOKEN", OF_SESSION))
                .build();
    }

    private static Command printing(String more) {
        return Command.of("sh", "-c", "echo $RECIPE_TOKEN $SESSION_TOKEN $COMMAND_TOKEN; " + more)
                .environment(Map.of("COMMAND_TOKEN", OF_COMMAND));
    }

    @Test
    void secrets_are_in_no_file_argument_query_or_output() throws Exception {
        try (Trails trails = trails()) {
            Session session = trails.open(spec());
            assertThat(sh(session, "echo ${#RECIPE_TOKEN} ${#SESSION_TOKEN}")).isEqualTo("31 32\n");
            String out = session.exec(printing("echo ${#COMMAND_TOKEN} >&2; false"))
                    .stdout()
                    .text();
            SECRETS.forEach(secret -> assertThat(out).doesNotContain(secret));
            try (Execution program = session.start(printing("read l"))) {
                var lines = new BufferedReader(new InputStreamReader(program.stdout(), StandardCharsets.UTF_8));
                assertThat(lines.readLine()).isNotEmpty();
                SECRETS.forEach(secret -> assertThat(arguments()).doesNotContain(secret));
                program.stdin().write('\n');
                program.stdin().close();
                program.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            session.checkpoint("point");
            session.export(folder.resolve("exported"));
            session.exportImage(folder.resolve("image.tar"));
            assertThat(trails.audit().newest(100).toString()
                            + events
                            + trails.advise(spec()).explain())
                    .doesNotContain(SECRETS);
            nowhere();
            engine.loseIds();
            assertThat(sh(session, "echo ${#RECIPE_TOKEN}")).isEqualTo("31\n");
            nowhere();
            session.remove(RemovalPolicy.safe().rescuing().endingProcesses());
        }
        nowhere();
    }

    /** Of this process's children and theirs; those of the containers are among them, as the engine is played here. */
    private static String arguments() {
        var all = new StringBuilder();
        ProcessHandle.current().descendants().forEach(process -> {
            try {
                all.append(Files.readString(
                                Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1))
                        .append('\n');
            } catch (IOException ended) {
                all.append("ended\n");
            }
        });
        return all.toString();
    }

    /** Finds them in what stays: files that a program left may still be on their way home, and pass through others. */
    private static final class Secrets extends SimpleFileVisitor<Path> {
        private final List<String> found;

        Secrets(List<String> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!attributes.isRegularFile()) return FileVisitResult.CONTINUE;
            try {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                SECRETS.stream().filter(content::contains).forEach(secret -> found.add(file + " has " + secret));
                return FileVisitResult.CONTINUE;
            } catch (NoSuchFileException gone) {
                return FileVisitResult.CONTINUE;
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
            throw failure;
        }
    }

    /** The engine's own directory has what containers need to run, and is not looked at. */
    private void nowhere() throws IOException {
        var found = new ArrayList<String>();
        for (Path place : List.of(folder, Path.of(project.environment().get("HOME")))) {
            Files.walkFileTree(place, new Secrets(found));
        }
        assertThat(found).isEmpty();
        for (Traffic.Query query : engine.traffic().queries()) {
            SECRETS.forEach(secret -> assertThat(query.text()).doesNotContain(secret));
        }
    }
}
