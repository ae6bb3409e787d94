package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.DirtyPolicy;
import io.trails.MergeRequest;
import io.trails.MergeResult;
import io.trails.RemovalPolicy;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.Trails;
import io.trails.TrailsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Trees on a disk that is too small, which only root can make. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    private static final int ROOM = 512 * 1024;

    @TempDir
    private Path folder;

    private Path disk;
    private GitProject project;
    private boolean mounted;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(folder.resolve("disk")).toRealPath();
        mounted = run("mount", "-t", "tmpfs", "-o", "size=" + ROOM, "tmpfs", disk.toString());
        assumeTrue(mounted, "A small disk cannot be mounted here");
        project = GitProject.inUse(folder.resolve("project"));
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) assertThat(run("umount", disk.toString())).isTrue();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private Trails trails() {
        return Trails.builder(project.directory())
                .environment(project.environment())
                .settings(Settings.builder().worktreeLocation(disk).build())
                .build();
    }

    private Session open(Trails trails) {
        return trails.open(
                SessionSpec.named("work").dirty(DirtyPolicy.IGNORE).build());
    }

    @Test
    void a_tree_for_which_there_is_no_room_leaves_nothing_behind() throws IOException {
        project.write("big.bin", "0123456789abcdef".repeat(ROOM / 8));
        project.git("add", "big.bin");
        project.git("commit", "-q", "-m", "Big", "--", "big.bin");
        Map<String, String> before = project.users();
        try (Trails trails = trails()) {
            assertThatThrownBy(() -> open(trails)).isInstanceOf(TrailsException.class);
            assertThat(trails.sessions()).isEmpty();
        }
        assertThat(project.users()).isEqualTo(before);
        assertThat(project.worktrees()).hasSize(1);
        assertThat(project.refs("refs/heads/trails/")).isEmpty();
        assertThat(project.refs("refs/trails/")).isEmpty();
        try (Stream<Path> left = Files.walk(disk)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
        project.checkIntegrity();
    }

    @Test
    void work_in_a_tree_that_filled_its_disk_is_compared_merged_and_removed() throws IOException {
        Map<String, String> before = project.users("main");
        try (Trails trails = trails()) {
            Session session = open(trails);
            assertThat(session.info().directory().orElseThrow()).startsWithRaw(disk);
            session.exec("sh", "-c", "echo written > written.txt; cat /dev/zero > filler.log");
            assertThat(session.changes().files()).hasSize(1);
            session.checkpoint("full");
            assertThat(session.merge(MergeRequest.into("main"))).isInstanceOf(MergeResult.Merged.class);
            assertThat(project.git("show", "main:written.txt")).isEqualTo("written");
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isFalse();
            session.exec("rm", "filler.log").orThrow();
            assertThat(session.remove(RemovalPolicy.safe()).complete()).isTrue();
        }
        assertThat(project.users("main")).isEqualTo(before);
        project.checkIntegrity();
    }

    @Test
    void files_for_whose_restoring_there_is_no_room_are_kept_as_a_checkpoint() throws IOException {
        try (Trails trails = trails()) {
            Session session = open(trails);
            session.exec("sh", "-c", "head -c 300000 /dev/urandom > large.bin").orThrow();
            var large = session.checkpoint("large");
            session.exec("sh", "-c", "rm large.bin; echo later > later.txt; cat /dev/zero > filler.log");
            assertThatThrownBy(() -> session.restore(large)).isInstanceOf(TrailsException.class);
            assertThat(project.keeps("later\n")).isTrue();
            session.exec("rm", "filler.log").orThrow();
            session.restore(large);
            assertThat(session.exec("wc", "-c", "large.bin").stdout().text()).startsWith("300000");
            assertThat(session.remove(RemovalPolicy.safe().rescuing()).complete()).isTrue();
        }
        project.checkIntegrity();
    }
}
