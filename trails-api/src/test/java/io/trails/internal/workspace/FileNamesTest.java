package io.trails.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Change;
import io.trails.Changes;
import io.trails.Reason;
import io.trails.spi.WorkspaceRequest;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of all bytes, seen by JVMs of several locales. The names are made by a shell, since no JVM can write them all. */
final class FileNamesTest {
    @TempDir
    Path scratch;

    /** What a JVM of some locale runs: one session over the directory given, changes printed as code points. */
    static final class Look {
        public static void main(String[] args) throws IOException {
            Path directory = Path.of(args[0]);
            Path own = Path.of(args[1]);
            var provider = new InPlaceWorkspaceProvider();
            var request = WorkspaceRequest.builder("s", directory, own).build();
            if (args[2].equals("create")) provider.create(provider.plan(request), request);
            Changes changes = provider.open(provider.plan(request), request).changes();
            var text = new StringBuilder();
            for (Change change : changes.files()) {
                text.append(change.kind());
                change.path().codePoints().forEach(c -> text.append(' ').append(Integer.toHexString(c)));
                text.append('\n');
            }
            for (Reason reason : changes.caveats()) text.append(reason.code()).append('\n');
            System.out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
            System.out.flush();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", "POSIX"})
    void every_name_is_told_apart_under_every_locale(String locale) throws Exception {
        Path project = Files.createDirectory(scratch.resolve("p"));
        shell(
                project,
                "printf one > 'new\nline'; printf one > \"quote'\\\"\"; printf one > \"$(printf '\\303\\251')\"");
        assumeTrue(
                shell(project, "printf one > \"$(printf 'bad\\377')\"; printf one > \"$(printf 'bad\\376')\"") == 0,
                "this file system takes UTF-8 names only");
        assertThat(look(locale, "create")).isEmpty();
        shell(
                project,
                "for f in *; do printf three > \"$f\"; done; rm \"$(printf 'bad\\376')\"; mkdir \"$(printf 'd\\377')\";"
                        + " printf x > \"$(printf 'd\\377')/x\"");
        assertThat(look(locale, "open"))
                .containsExactlyInAnyOrder(
                        "MODIFIED 6e 65 77 a 6c 69 6e 65",
                        "MODIFIED 71 75 6f 74 65 27 22",
                        "MODIFIED e9",
                        "MODIFIED 62 61 64 fffd",
                        "DELETED 62 61 64 fffd",
                        "ADDED 64 fffd 2f 78",
                        "workspace.name-undecodable",
                        "workspace.no-line-diff");
    }

    @Test
    void a_manifest_made_under_one_locale_is_understood_under_another() throws Exception {
        Path project = Files.createDirectory(scratch.resolve("p"));
        shell(project, "printf one > \"$(printf '\\303\\251')\"; printf one > plain");
        assertThat(look("C.UTF-8", "create")).isEmpty();
        assertThat(look("C", "open")).isEmpty();
    }

    private static int shell(Path directory, String script) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private List<String> look(String locale, String what) throws Exception {
        Path own = Files.createDirectories(scratch.resolve("own"));
        var builder = new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp",
                System.getProperty("java.class.path"),
                Look.class.getName(),
                scratch.resolve("p").toString(),
                own.toString(),
                what);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        environment.put("LC_ALL", locale);
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] out = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return new String(out, StandardCharsets.US_ASCII).lines().toList();
    }
}
