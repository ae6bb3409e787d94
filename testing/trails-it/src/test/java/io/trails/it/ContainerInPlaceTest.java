package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Composition;
import io.trails.MergePreview;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Session;
import io.trails.Trails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Over a directory that is no repository nothing reaches the user's files until everything is asked for. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContainerInPlaceTest extends ContainerBench {
    private static final MergeRequest MERGE = MergeRequest.builder().build();

    private Path plain;
    private Map<String, String> before;

    @BeforeEach
    void createPlain() throws IOException {
        plain = Files.createDirectory(folder.resolve("plain")).toRealPath();
        Files.writeString(plain.resolve("notes.txt"), "notes\n");
        Files.writeString(Files.createDirectory(plain.resolve("src")).resolve("code.txt"), "one\ntwo\n");
        Files.writeString(plain.resolve("old.txt"), "old\n");
        before = files();
        project = new GitProject(plain, project.environment());
    }

    private Map<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(plain)) {
            for (Path path : all.filter(path -> !path.startsWith(plain.resolve(".trails")))
                    .filter(Files::isRegularFile)
                    .toList()) {
                files.put(plain.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }

    private static void work(Session session) {
        sh(
                session,
                "echo more >> notes.txt; mkdir new; echo new > new/file.txt; rm old.txt; echo three >> src/code.txt");
    }

    @Test
    void nothing_reaches_the_project_until_everything_is_merged() throws IOException {
        try (Trails trails = trails()) {
            Session session = trails.open(ContainerProject.spec("work").build());
            Composition parts = session.info().composition().orElseThrow();
            assertThat(parts.workspace()).isEqualTo("in-place");
            assertThat(parts.sandbox()).isEqualTo("dagger");
            work(session);
            assertThat(sh(session, "cat notes.txt new/file.txt")).isEqualTo("notes\nmore\nnew\n");
            assertThat(files()).isEqualTo(before);
            assertThat(changed(session)).contains("new/file.txt", "notes.txt", "old.txt", "src/code.txt");
        }
        try (Trails trails = trails()) {
            Session session = trails.find("work").orElseThrow();
            assertThat(changed(session)).contains("new/file.txt", "notes.txt", "old.txt", "src/code.txt");
            assertThat(sh(session, "cat notes.txt; ls old.txt 2>/dev/null || echo removed"))
                    .isEqualTo("notes\nmore\nremoved\n");
            assertThat(files()).isEqualTo(before);
            assertThat(session.preview(MERGE).outcome()).isEqualTo(MergePreview.Outcome.CLEAN);
            assertThat(files()).isEqualTo(before);
            assertThat(session.merge(MERGE)).isInstanceOf(MergeResult.Merged.class);
            assertThat(files())
                    .isEqualTo(Map.of(
                            "notes.txt",
                            "notes\nmore\n",
                            "new/file.txt",
                            "new\n",
                            "src/code.txt",
                            "one\ntwo\nthree\n"));
            assertThat(session.merge(MERGE)).isInstanceOf(MergeResult.UpToDate.class);
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
        }
    }

    @Test
    void a_file_that_the_user_edited_meanwhile_blocks_the_merge_and_nothing_is_written() throws IOException {
        try (Trails trails = trails()) {
            Session session = trails.open(ContainerProject.spec("work").build());
            work(session);
            Files.writeString(plain.resolve("src/code.txt"), "the user's\n");
            Map<String, String> edited = files();
            assertThat(session.preview(MERGE).outcome()).isEqualTo(MergePreview.Outcome.BLOCKED);
            assertThat(session.merge(MERGE))
                    .isInstanceOfSatisfying(
                            MergeResult.Blocked.class,
                            blocked -> assertThat(blocked.reasons())
                                    .anySatisfy(reason ->
                                            assertThat(reason.message()).contains("src/code.txt")));
            assertThat(files()).isEqualTo(edited);
            assertThat(sh(session, "cat src/code.txt notes.txt")).isEqualTo("one\ntwo\nthree\nnotes\nmore\n");
            assertThat(files()).isEqualTo(edited);
        }
    }

    @Test
    void what_was_not_merged_is_kept_until_it_is_rescued() throws IOException {
        try (Trails trails = trails()) {
            Session session = trails.open(ContainerProject.spec("work").build());
            work(session);
            RemovalReport kept = session.remove(RemovalPolicy.safe());
            assertThat(kept.complete()).isFalse();
            assertThat(kept.kept()).extracting(item -> item.reason().code()).containsExactly("dagger.changes-pending");
            assertThat(sh(trails.find("work").orElseThrow(), "cat new/file.txt"))
                    .isEqualTo("new\n");
            assertThat(trails.find("work")
                            .orElseThrow()
                            .remove(RemovalPolicy.safe().rescuing())
                            .complete())
                    .isTrue();
            assertThat(files()).isEqualTo(before);
        }
        try (Stream<Path> all = Files.walk(plain.resolve(".trails"))) {
            assertThat(all.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .contains("file.txt", "notes.txt", "code.txt");
        }
    }
}
