package io.trails.internal.workspace;

import static io.trails.internal.workspace.InPlaceProject.entries;
import static io.trails.internal.workspace.InPlaceProject.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.spi.Availability;
import io.trails.spi.HostDirectory;
import io.trails.spi.ProbeContext;
import io.trails.spi.ResourceLostException;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InPlaceLifeTest {
    @TempDir
    Path scratch;

    private InPlaceProject project;

    @BeforeEach
    void set_up() throws IOException {
        project = new InPlaceProject(scratch);
        project.writeOld("file", "content");
    }

    private Path manifest() {
        return project.own.resolve("manifest");
    }

    private static String codeOf(Throwable failure) {
        return ((TrailsException) failure).code();
    }

    @Test
    void the_manifest_is_for_its_owner_only_and_the_only_file() throws IOException {
        project.create();
        assertThat(entries(project.own)).containsExactly(project.own, manifest());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(manifest())))
                .isEqualTo("rw-------");
    }

    @Test
    void the_location_is_the_project() {
        assertThat(project.create().location()).isEqualTo(new HostDirectory(project.directory));
        assertThat(project.provider.locate(project.plan())).isEqualTo(new HostDirectory(project.directory));
    }

    @Test
    void a_second_create_adopts_the_first_manifest() throws IOException {
        project.create();
        project.write("file", "changed content");
        assertThat(lines(project.create().changes())).containsExactly("MODIFIED file");
    }

    @Test
    void create_after_a_crash_starts_over() throws IOException {
        Files.writeString(project.own.resolve("manifest.new"), "half of it");
        project.create();
        assertThat(entries(project.own)).containsExactly(project.own, manifest());
    }

    @Test
    void create_replaces_a_damaged_manifest() throws IOException {
        project.create();
        byte[] bytes = Files.readAllBytes(manifest());
        Files.write(manifest(), Arrays.copyOf(bytes, bytes.length - 3));
        assertThat(project.create().changes().files()).isEmpty();
    }

    @Test
    void every_truncation_of_a_manifest_is_a_typed_error() throws IOException {
        project.create();
        byte[] bytes = Files.readAllBytes(manifest());
        for (int length = 0; length < bytes.length; length++) {
            Files.write(manifest(), Arrays.copyOf(bytes, length));
            assertThatThrownBy(project::changes)
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("workspace.manifest-corrupt"));
        }
    }

    @Test
    void every_flipped_byte_of_a_manifest_is_a_typed_error() throws IOException {
        project.create();
        byte[] bytes = Files.readAllBytes(manifest());
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x55;
            Files.write(manifest(), damaged);
            assertThatThrownBy(project::changes)
                    .as("byte %s", at)
                    .satisfies(
                            e -> assertThat(codeOf(e)).isIn("workspace.manifest-corrupt", "workspace.manifest-newer"));
        }
    }

    @Test
    void a_manifest_of_a_newer_version_is_refused_and_not_replaced() throws IOException {
        project.create();
        byte[] bytes = Files.readAllBytes(manifest());
        bytes[7] = 99;
        Files.write(manifest(), bytes);
        assertThatThrownBy(project::create).satisfies(e -> assertThat(codeOf(e)).isEqualTo("workspace.manifest-newer"));
        assertThat(manifest()).hasBinaryContent(bytes);
    }

    @Test
    void what_is_gone_is_lost_and_not_made_again() throws IOException {
        assertThatThrownBy(project::changes).isInstanceOf(ResourceLostException.class);
        project.create();
        Files.delete(manifest());
        assertThatThrownBy(project::changes).isInstanceOf(ResourceLostException.class);
        assertThat(entries(project.own)).containsExactly(project.own);
    }

    @Test
    void a_project_that_is_gone_is_lost() throws IOException {
        var outside = Files.createDirectories(scratch.resolve("own"));
        var request = WorkspaceRequest.builder("s", project.directory, outside).build();
        var plan = project.provider.plan(request);
        var workspace = project.provider.create(plan, request);
        Files.move(project.directory, scratch.resolve("elsewhere"));
        assertThatThrownBy(() -> project.provider.open(plan, request)).isInstanceOf(ResourceLostException.class);
        assertThatThrownBy(workspace::changes).isInstanceOf(ResourceLostException.class);
    }

    @Test
    void bad_projects_are_typed_errors() throws IOException {
        Path file = Files.writeString(scratch.resolve("a file"), "x");
        assertThat(createFailure(scratch.resolve("nowhere"))).isEqualTo("workspace.directory-missing");
        assertThat(createFailure(file)).isEqualTo("workspace.not-a-directory");
        assertThat(entries(project.own)).containsExactly(project.own);
    }

    @Test
    void a_project_that_may_not_be_read_is_a_typed_error() throws IOException {
        assumeFalse(Files.isReadable(Path.of("/proc/1/environ")), "root reads every folder");
        Path locked = Files.createDirectory(
                scratch.resolve("locked"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("-wx------")));
        assertThat(createFailure(locked)).isEqualTo("workspace.directory-unreadable");
    }

    private String createFailure(Path directory) {
        var request = WorkspaceRequest.builder("s", directory, project.own).build();
        try {
            project.provider.create(project.provider.plan(request), request);
        } catch (TrailsException e) {
            return e.code();
        }
        return "none";
    }

    @Test
    void a_manifest_that_cannot_be_written_is_a_typed_error_and_leaves_nothing() throws IOException {
        Path taken = Files.writeString(scratch.resolve("taken"), "x");
        var request = WorkspaceRequest.builder("s", project.directory, taken).build();
        assertThatThrownBy(() -> project.provider.create(project.provider.plan(request), request))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo("workspace.manifest-unwritable"));
        assertThat(taken).hasContent("x");
    }

    @Test
    void a_full_disk_is_a_typed_error_and_leaves_nothing() throws Exception {
        Path small = Files.createDirectory(scratch.resolve("small"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", small.toString());
        assumeTrue(mounted, "this user cannot mount a file system");
        try {
            for (int i = 0; i < 200; i++) project.write("a file with quite a long name, number " + i, "x");
            var request =
                    WorkspaceRequest.builder("s", project.directory, small).build();
            assertThatThrownBy(() -> project.provider.create(project.provider.plan(request), request))
                    .satisfies(e -> assertThat(codeOf(e)).isEqualTo("workspace.manifest-unwritable"));
            assertThat(entries(small)).containsExactly(small);
        } finally {
            assertThat(run("umount", small.toString())).isTrue();
        }
    }

    private static boolean run(String... argv) throws InterruptedException {
        try {
            return new ProcessBuilder(argv).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    @Test
    void remove_deletes_the_manifest_and_no_file_of_the_project() throws IOException {
        project.create();
        project.write("new", "work");
        var report = project.provider.remove(project.plan(), project.request(), RemovalPolicy.safe());
        assertThat(report.removed()).hasSize(1);
        assertThat(report.complete()).isTrue();
        assertThat(entries(project.own)).containsExactly(project.own);
        assertThat(project.path("new")).hasContent("work");
        assertThat(project.provider.remove(project.plan(), project.request(), RemovalPolicy.safe()))
                .isEqualTo(RemovalReport.nothing());
    }

    @Test
    void an_interrupted_create_says_so_and_leaves_nothing() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(project::create).isInstanceOf(TrailsInterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(entries(project.own)).containsExactly(project.own);
    }

    @Test
    void the_probe_wants_a_directory() {
        assertThat(probe(project.directory)).isInstanceOf(Availability.Available.class);
        assertThat(probe(scratch.resolve("nowhere"))).isInstanceOf(Availability.Unavailable.class);
    }

    private Availability probe(Path directory) {
        return project.provider.probe(ProbeContext.of(directory, Map.of(), Duration.ofSeconds(1)));
    }
}
