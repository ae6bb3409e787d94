package io.trails.internal.host.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Limits;
import io.trails.Limits.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there are no control groups")
class CgroupFilesTest {
    @TempDir
    Path folder;

    @Test
    void a_small_share_gets_a_long_period() {
        assertThat(GroupValues.quota(1500)).isEqualTo("150000 100000");
        assertThat(GroupValues.quota(10)).isEqualTo("1000 100000");
        assertThat(GroupValues.quota(9)).isEqualTo("9000 1000000");
        assertThat(GroupValues.quota(1)).isEqualTo("1000 1000000");
    }

    @Test
    void a_directory_that_is_no_group_gets_no_files_and_goes_again() throws IOException {
        Limits limits = Limits.builder().memory(1 << 20).build();
        Path place = folder.resolve("trails-s.1");
        assertThatThrownBy(() -> new SessionGroup(place).create(limits, Set.of(Kind.MEMORY)))
                .isInstanceOf(IOException.class);
        assertThat(place).doesNotExist();
        Files.createDirectory(place);
        assertThatThrownBy(() -> new SessionGroup(place).create(limits, Set.of(Kind.MEMORY)))
                .isInstanceOf(IOException.class);
        assertThat(place).isEmptyDirectory();
    }

    @Test
    void who_cannot_enter_does_not_run() throws Exception {
        var argv = new ArrayList<>(new SessionGroup(folder.resolve("absent")).entry());
        argv.addAll(List.of("/usr/bin/touch", folder.resolve("ran").toString()));
        Process process = new ProcessBuilder(argv).start();
        String error = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(125);
        assertThat(error).startsWith("trails: ").contains("absent/cgroup.procs");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void a_kill_counts_only_if_the_groups_own_limit_was_reached() throws IOException {
        Files.writeString(
                folder.resolve("memory.events"), "low 0\nhigh 0\nmax 3\noom 2\noom_kill 4\noom_group_kill 1\n");
        OomCount hierarchical = new SessionGroup(folder).oomCount();
        assertThat(hierarchical).isEqualTo(new OomCount(2, 4));
        Files.writeString(folder.resolve("memory.events.local"), "low 0\nhigh 0\nmax 0\noom 1\noom_kill 0\n");
        assertThat(new SessionGroup(folder).oomCount()).isEqualTo(new OomCount(1, 4));
        assertThat(hierarchical.exceeds(new OomCount(1, 3))).isTrue();
        assertThat(hierarchical.exceeds(new OomCount(2, 3))).isFalse();
        assertThat(hierarchical.exceeds(new OomCount(1, 4))).isFalse();
    }

    @Test
    void processes_of_groups_below_are_the_sessions_too() throws IOException {
        Files.writeString(folder.resolve("cgroup.procs"), "12\n13\n");
        Path below = Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(below.resolve("cgroup.procs"), "0\n14\n");
        assertThat(new SessionGroup(folder).pids()).containsExactlyInAnyOrder(12L, 13L, 14L);
    }

    @Test
    void what_is_called_otherwise_is_not_the_sessions() throws IOException {
        Path moves = folder.resolve("moves");
        var places = new GroupPlaces(Path.of("/m/trails-s.1"), moves, "trails-s.1");
        assertThat(places.all()).extracting(SessionGroup::path).containsExactly(Path.of("/m/trails-s.1"));
        Files.writeString(moves, "/m/other\n/m/x/../trails-s.1\ntrails-s.1\n/n/trails-s.1\n");
        assertThat(places.all())
                .extracting(SessionGroup::path)
                .containsExactly(Path.of("/m/trails-s.1"), Path.of("/n/trails-s.1"));
        assertThat(new GroupPlaces(Path.of("/m/system.slice"), moves, "trails-s.2").all())
                .isEmpty();
    }
}
