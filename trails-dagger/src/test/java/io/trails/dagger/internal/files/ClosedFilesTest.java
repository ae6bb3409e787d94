package io.trails.dagger.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that not even their owner may read, on a host whose user is not root. */
@EnabledOnOs(OS.LINUX)
class ClosedFilesTest {
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Mode.class)
    void what_is_closed_in_a_container_comes_home(Mode mode) throws Exception {
        assertThat(seen("come", mode)).isEqualTo("file 0, dir 0, dir/inner 0, content, inner");
    }

    @Test
    void what_was_closed_is_replaced_and_opened_again() throws Exception {
        assertThat(seen("reopen", Mode.WHAT_CAN_BE)).isEqualTo("file 0, file 0, file 755, later");
    }

    @Test
    void what_was_closed_in_a_container_is_not_taken_for_removed_unless_a_user_closes_more() throws Exception {
        assertThat(seen("stay", Mode.WHAT_CAN_BE)).isEqualTo("[], [dir/, file]");
    }

    private String seen(String scene, Mode mode) throws Exception {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(List.of(
                        "bwrap",
                        "--unshare-user",
                        "--uid",
                        "1000",
                        "--gid",
                        "1000",
                        "--dev-bind",
                        "/",
                        "/",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClosedFilesTest.class.getName(),
                        folder.toString(),
                        scene,
                        mode.name()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(said);
    }

    /** Arguments: a directory, what is to be played, and a mode. */
    public static void main(String[] args) throws IOException {
        var user = new User(Path.of(args[0]), Mode.valueOf(args[2]));
        String seen = switch (args[1]) {
            case "come" -> user.come();
            case "reopen" -> user.reopen();
            default -> user.stay();
        };
        System.out.write(seen.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    /** Somebody who is not root. */
    private static final class User {
        private final Path root;
        private final PendingStore store;
        private final Mode mode;
        private Manifest manifest;

        User(Path folder, Mode mode) throws IOException {
            root = Files.createDirectory(folder.resolve("root"));
            store = PendingStore.open(folder.resolve("store"));
            manifest = TreeScan.of(root, CrashingApply.ALL, Bounds.usual()).manifest();
            this.mode = mode;
        }

        String come() throws IOException {
            apply(Map.of("file", "content", "dir/inner", "inner"), 0);
            String seen = mode("file") + ", " + mode("dir");
            Permissions.set(root.resolve("dir"), Permissions.PRIVATE);
            return seen + ", " + mode("dir/inner") + ", " + read("file") + ", " + read("dir/inner");
        }

        String reopen() throws IOException {
            apply(Map.of("file", "content"), 0);
            String seen = mode("file");
            apply(Map.of("file", "later"), 0);
            seen += ", " + mode("file");
            apply(Map.of("file", "later"), 0755);
            return seen + ", " + mode("file") + ", " + read("file");
        }

        String stay() throws IOException {
            apply(Map.of("file", "content", "dir/inner", "inner"), 0);
            List<String> before = removed();
            for (String path : List.of("file", "dir")) Permissions.set(root.resolve(path), 0200);
            return before + ", " + removed();
        }

        private List<String> removed() {
            TreeScan now = TreeScan.of(root, CrashingApply.ALL, Bounds.usual());
            return now.since(manifest, root).removed();
        }

        /** What an engine exported, all of it with the same permissions. */
        private void apply(Map<String, String> files, int permissions) throws IOException {
            Path staging = store.newStaging();
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path exported = staging.resolve(file.getKey());
                Files.createDirectories(exported.getParent());
                Files.writeString(exported, file.getValue());
                Permissions.set(exported, permissions);
                if (permissions == 0 && Files.isReadable(exported)) throw new IllegalStateException("This is root");
                if (!exported.getParent().equals(staging)) Permissions.set(exported.getParent(), permissions);
            }
            Arrival arrival = Arrival.read(staging, List.of(), root, CrashingApply.ALL);
            Applied applied = new HostApplier(root, store).apply(arrival, manifest, mode);
            if (!applied.isComplete()) throw new IllegalStateException(applied.toString());
            manifest = manifest.with(applied);
        }

        private String mode(String path) throws IOException {
            return path + " " + Integer.toOctalString(Permissions.get(root.resolve(path)));
        }

        private String read(String path) throws IOException {
            Permissions.set(root.resolve(path), Permissions.PRIVATE);
            return Files.readString(root.resolve(path));
        }
    }
}
