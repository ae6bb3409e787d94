package io.trails.internal.host.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.trails.Limits.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there are no control groups")
class CgroupDelegationTest {
    private static final String ALL = "cpuset cpu io memory pids";

    @TempDir
    Path folder;

    private CgroupScene scene;

    @BeforeEach
    void mount() throws IOException {
        scene = new CgroupScene(folder);
        scene.group("", ALL, ALL, "");
    }

    private static void assertNothing(Delegation delegation, String code) {
        assertThat(CgroupScene.kept(delegation)).isEmpty();
        assertThat(delegation.obstacle().code()).isEqualTo(code);
        assertThat(delegation.obstacle().message()).isNotBlank();
        assertThat(delegation.obstacle().remedy()).isNotBlank();
    }

    @Test
    void without_the_hierarchy_nothing_is_kept() throws IOException {
        assertNothing(Delegation.find(folder, java.util.Optional.empty()), "cgroup.absent");
        scene.own("/x");
        Files.writeString(scene.proc().resolve("self/mountinfo"), "23 1 0:21 / /proc rw - proc proc rw\n");
        assertNothing(scene.find(), "cgroup.absent");
        assertNothing(scene.find(scene.mount()), "cgroup.absent");
    }

    @Test
    void a_prepared_group_around_the_hosts_own_is_used() throws IOException {
        Path unit = scene.group("user.slice/trails.service", ALL, "cpu memory pids", "");
        scene.group("user.slice/trails.service/host", "cpu memory pids", "", "1\n");
        Delegation delegation = scene.own("/user.slice/trails.service/host").find();
        assertThat(delegation.parent()).contains(unit);
        assertThat(CgroupScene.kept(delegation)).containsExactly(Kind.CPU_SHARE, Kind.MEMORY, Kind.PROCESSES);
    }

    @Test
    void what_a_mount_shows_only_in_part_is_found_there() throws IOException {
        Path unit = scene.group("pod", ALL, ALL, "");
        scene.group("pod/init", ALL, "", "1\n");
        assertThat(scene.mountinfo("/outer").own("/outer/pod/init").find().parent())
                .contains(unit);
        assertNothing(scene.own("/another/pod/init").find(), "cgroup.hidden");
        assertNothing(scene.mountinfo("/").own("/../pod/init").find(), "cgroup.hidden");
    }

    @Test
    void a_controller_that_is_not_handed_on_keeps_nothing() throws IOException {
        Path unit = scene.group("trails.service", ALL, "pids", "");
        scene.group("trails.service/host", "pids", "", "1\n");
        Delegation delegation = scene.own("/trails.service/host").find();
        assertThat(CgroupScene.kept(delegation)).containsExactly(Kind.PROCESSES);
        assertThat(delegation.obstacle().code()).isEqualTo("cgroup.controller-missing");
        assertThat(Files.readString(unit.resolve("cgroup.subtree_control"))).isEqualTo("pids\n");
    }

    @Test
    void what_systemd_runs_and_the_machines_first_group_are_somebody_elses() throws IOException {
        scene.group("user@1000.service", ALL, ALL, "");
        scene.group("user@1000.service/init.scope", ALL, "", "1\n");
        assertNothing(scene.own("/user@1000.service/init.scope").find(), "cgroup.not-delegated");
        scene.group("user.slice", ALL, ALL, "");
        scene.group("user.slice/a.scope", ALL, "", "1\n");
        assertNothing(scene.own("/user.slice/a.scope").find(), "cgroup.not-delegated");
        scene.group("user.slice/plain", ALL, "", "1\n");
        assertNothing(scene.own("/user.slice/plain").find(), "cgroup.not-delegated");
        scene.group("plain", ALL, "", "1\n");
        assertNothing(scene.own("/plain").find(), "cgroup.not-delegated");
    }

    @Test
    void in_the_machines_first_group_the_host_may_have_children_beside_it() throws IOException {
        scene.group("", ALL, "memory pids", "1\n");
        Delegation delegation = scene.own("/").find();
        assertThat(delegation.parent()).contains(scene.mount());
        assertThat(CgroupScene.kept(delegation)).containsExactly(Kind.MEMORY, Kind.PROCESSES);
    }

    @Test
    void a_containers_first_group_with_processes_hands_on_nothing() throws IOException {
        scene.group("", ALL, "", "1\n");
        Files.writeString(scene.mount().resolve("cgroup.events"), "populated 1\n");
        Files.writeString(scene.mount().resolve("cgroup.type"), "domain\n");
        assertNothing(scene.own("/").find(), "cgroup.not-delegated");
    }

    @Test
    void the_named_group_may_be_asked_for_its_controllers() throws IOException {
        Path named = scene.group("trails", ALL, "", "");
        Delegation delegation = scene.own("/trails/host").find(named);
        assertThat(delegation.parent()).contains(named);
        assertThat(CgroupScene.kept(delegation)).containsExactly(Kind.CPU_SHARE, Kind.MEMORY, Kind.PROCESSES);
        assertThat(Files.readString(named.resolve("cgroup.subtree_control"))).isEqualTo("\n");
    }

    @Test
    void a_wrong_name_says_what_is_wrong() throws IOException {
        scene.own("/");
        assertNothing(scene.find(scene.mount().resolve("absent")), "cgroup.parent-missing");
        assertNothing(scene.find(folder), "cgroup.parent-foreign");
        Path plain = Files.createDirectories(scene.mount().resolve("plain"));
        assertNothing(scene.find(plain), "cgroup.parent-foreign");
        Path threaded = scene.group("threaded", ALL, "", "");
        Files.writeString(threaded.resolve("cgroup.type"), "threaded\n");
        assertNothing(scene.find(threaded), "cgroup.parent-threaded");
        Path busy = scene.group("busy", ALL, "", "1\n");
        assertNothing(scene.find(busy), "cgroup.controller-missing");
        Path poor = scene.group("poor", "hugetlb", "", "");
        assertNothing(scene.find(poor), "cgroup.controller-missing");
    }

    @Test
    void what_this_user_may_not_write_is_not_delegated() throws IOException {
        assumeFalse(Files.isWritable(Path.of("/")), "root may write everywhere");
        Path named = scene.group("trails", ALL, ALL, "");
        scene.group("host", ALL, "", "1\n");
        scene.own("/host");
        assertThat(scene.mount().resolve("cgroup.procs").toFile().setReadOnly()).isTrue();
        assertNothing(scene.find(named), "cgroup.parent-unreachable");
        assertThat(named.resolve("cgroup.procs").toFile().setReadOnly()).isTrue();
        assertNothing(scene.find(named), "cgroup.parent-read-only");
    }

    @Test
    void a_child_passes_the_nearest_group_around_both() {
        Path mount = Path.of("/m");
        var hierarchy = new Hierarchy(mount, java.util.Optional.of(Path.of("/m/a/b/host")));
        assertThat(hierarchy.gate(Path.of("/m/a/b/s"))).isEqualTo(Path.of("/m/a/b"));
        assertThat(hierarchy.gate(Path.of("/m/a/c/s"))).isEqualTo(Path.of("/m/a"));
        assertThat(hierarchy.gate(Path.of("/m/z"))).isEqualTo(mount);
        assertThat(hierarchy.gate(Path.of("/m/a/b/host/s"))).isEqualTo(Path.of("/m/a/b/host"));
    }
}
