package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Enforcement;
import io.trails.Enforcement.Level;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.TrailsException;
import io.trails.internal.host.cgroup.CgroupScene;
import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.SandboxRequest;
import io.trails.spi.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there are no control groups")
class HostCgroupPlanTest {
    private static final Limits ALL =
            Limits.builder().memory(1 << 26).processes(50).cpuShare(0.5).build();

    @TempDir
    Path folder;

    private CgroupScene scene;
    private HostSandboxProvider provider;

    @BeforeEach
    void scene() throws IOException {
        scene = new CgroupScene(folder).own("/slice.slice/host.scope");
        scene.group("", "memory pids cpu", "memory pids cpu", "");
        scene.group("slice.slice/host.scope", "memory pids cpu", "", "1\n");
        provider = new HostSandboxProvider(scene.proc());
    }

    private SandboxRequest request(Limits limits, SandboxSettings settings) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path own = Files.createDirectories(folder.resolve("own"));
        return SandboxRequest.builder("session", new HostDirectory(home), own)
                .limits(limits)
                .settings(settings)
                .build();
    }

    private SandboxSettings named(String enabled) throws IOException {
        return SandboxSettings.none().withCgroupParent(scene.group("trails", "memory pids cpu", enabled, ""));
    }

    @Test
    void without_a_delegated_group_each_answer_says_why_and_what_would_help() throws IOException {
        List<Enforcement> answers = provider.enforcement(ALL, NetworkPolicy.open());
        assertThat(answers)
                .extracting(Enforcement::level)
                .containsExactlyInAnyOrder(Level.MONITORED, Level.MONITORED, Level.REFUSED);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.reason().message()).contains("host.scope");
            assertThat(answer.reason().remedy()).contains("'cgroup_parent'");
        });
        assertThat(HostSandboxProvider.hasGroup(provider.plan(request(ALL, SandboxSettings.none()))))
                .isFalse();
    }

    @Test
    void with_a_named_group_all_three_are_enforced_and_planned() throws IOException {
        SandboxSettings settings = named("");
        assertThat(provider.enforcement(ALL, NetworkPolicy.open(), settings)).allSatisfy(answer -> {
            assertThat(answer.level()).isEqualTo(Level.ENFORCED);
            assertThat(answer.reason().code()).isEqualTo("limit.cgroup");
        });
        Plan plan = provider.plan(request(ALL, settings));
        assertThat(plan.get("group")).endsWith("trails/trails-" + plan.get("mark"));
        assertThat(provider.plan(request(ALL, settings))).isEqualTo(plan);
        assertThat(HostSandboxProvider.hasGroup(provider.plan(request(Limits.none(), settings))))
                .isFalse();
    }

    @Test
    void a_planned_group_that_cannot_be_made_stops_the_creation_and_leaves_nothing() throws IOException {
        SandboxRequest request = request(ALL, named("memory pids cpu"));
        Plan plan = provider.plan(request);
        // It is no real group, so the kernel's files do not appear in what is made.
        assertThatThrownBy(() -> provider.create(plan, request))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("host.group-failed"));
        assertThat(Path.of(plan.get("group"))).doesNotExist();
    }

    @Test
    void a_group_that_can_no_longer_be_had_is_said_and_not_done_without() throws IOException {
        Plan plan = provider.plan(request(ALL, named("memory pids cpu")));
        SandboxRequest later = request(ALL, SandboxSettings.none());
        assertThatThrownBy(() -> provider.open(plan, later)).isInstanceOfSatisfying(TrailsException.class, e -> {
            assertThat(e.code()).isEqualTo("host.group-lost");
            assertThat(e.getMessage()).contains("'cgroup_parent'");
        });
    }

    @Test
    void a_share_that_was_planned_without_a_group_is_refused() throws IOException {
        Limits share = Limits.builder().cpuShare(1).build();
        Plan plan = provider.plan(request(share, SandboxSettings.none()));
        SandboxRequest later = request(share, named("cpu"));
        assertThatThrownBy(() -> provider.create(plan, later))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("limit.refused"));
    }
}
