package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.Enforcement;
import io.trails.Enforcement.Level;
import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.NetworkPolicy;
import io.trails.RemovalPolicy;
import io.trails.TrailsException;
import io.trails.spi.Availability;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.ResourceLostException;
import io.trails.spi.SandboxRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSandboxProviderTest {
    @TempDir
    Path folder;

    private final HostSandboxProvider provider = new HostSandboxProvider(Path.of("no-groups"));

    private SandboxRequest.Builder request() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path own = Files.createDirectories(folder.resolve("own"));
        return SandboxRequest.builder("session", new HostDirectory(home), own);
    }

    @Test
    void it_is_available_everywhere_and_isolates_nothing() {
        Availability answer = provider.probe(ProbeContext.of(folder, Map.of(), Duration.ofSeconds(1)));
        assertThat(answer).isInstanceOf(Availability.Available.class);
        assertThat(answer.reasons()).isNotEmpty();
        assertThat(provider.isolates()).isEmpty();
    }

    @Test
    void it_accepts_directories_of_the_host_only() {
        record Elsewhere() implements Location {
            @Override
            public String describe() {
                return "elsewhere";
            }
        }
        assertThat(provider.accepts(HostDirectory.class)).isTrue();
        assertThat(provider.accepts(Elsewhere.class)).isFalse();
        var request = SandboxRequest.builder("session", new Elsewhere(), folder).build();
        assertThatThrownBy(() -> provider.plan(request)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_plan_is_repeatable_holds_no_secret_and_tells_projects_apart() throws IOException {
        SandboxRequest request =
                request().environment(Map.of("TOKEN", "s3cret")).build();
        Plan plan = provider.plan(request);
        assertThat(provider.plan(request)).isEqualTo(plan);
        assertThat(plan.toString()).doesNotContain("s3cret");
        var elsewhere = SandboxRequest.builder("session", request.location(), folder.resolve("another"))
                .build();
        assertThat(provider.plan(elsewhere).get("mark")).isNotEqualTo(plan.get("mark"));
    }

    @Test
    void every_limit_and_policy_gets_an_answer() {
        Limits.Builder all = Limits.builder();
        for (Kind kind : Kind.values()) all.set(kind, 1);
        List<Enforcement> answers = provider.enforcement(all.build(), NetworkPolicy.none());
        assertThat(answers).hasSize(Kind.values().length + 1);
        assertThat(answers)
                .filteredOn(answer -> answer.level() == Level.REFUSED)
                .allSatisfy(answer -> assertThat(answer.reason().remedy()).isNotBlank());
        assertThat(answers)
                .filteredOn(answer -> answer.subject().equals("NETWORK"))
                .extracting(Enforcement::level)
                .containsExactly(Level.REFUSED);
        assertThat(provider.enforcement(Limits.none(), NetworkPolicy.open())).isEmpty();
    }

    @Test
    void without_a_process_file_system_what_cannot_be_seen_is_refused() {
        Limits limits = Limits.builder()
                .memory(1)
                .processes(1)
                .cpuTime(Duration.ofSeconds(1))
                .build();
        assertThat(new LimitMeans(true, false, null).of(limits, NetworkPolicy.open()))
                .extracting(Enforcement::level)
                .containsExactly(Level.ENFORCED, Level.REFUSED, Level.REFUSED);
        assertThat(new LimitMeans(false, false, null).of(limits, NetworkPolicy.open()))
                .extracting(Enforcement::level)
                .containsOnly(Level.REFUSED);
    }

    @Test
    void what_is_refused_is_not_created() throws IOException {
        SandboxRequest network = request().network(NetworkPolicy.none()).build();
        SandboxRequest share =
                request().limits(Limits.builder().cpuShare(1).build()).build();
        for (SandboxRequest request : List.of(network, share)) {
            assertThatThrownBy(() -> provider.create(provider.plan(request), request))
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("limit.refused"));
        }
    }

    @Test
    void a_directory_that_is_missing_is_said_at_creation_and_lost_later() throws IOException {
        SandboxRequest request = request().build();
        Plan plan = provider.plan(request);
        provider.create(plan, request).close();
        provider.create(plan, request).close();
        Files.delete(folder.resolve("home"));
        assertThatThrownBy(() -> provider.create(plan, request))
                .isInstanceOfSatisfying(
                        TrailsException.class, e -> assertThat(e.code()).isEqualTo("host.directory-missing"));
        assertThatThrownBy(() -> provider.open(plan, request)).isInstanceOf(ResourceLostException.class);
        assertThat(provider.remove(plan, RemovalPolicy.safe()).complete()).isTrue();
    }

    @Test
    void a_disk_limit_counts_from_the_first_creation() throws IOException {
        SandboxRequest request =
                request().limits(Limits.builder().disk(1 << 20).build()).build();
        Plan plan = provider.plan(request);
        Files.writeString(folder.resolve("home/before"), "x".repeat(1000));
        provider.create(plan, request).close();
        Files.writeString(folder.resolve("home/after"), "x".repeat(500));
        try (var sandbox = provider.create(plan, request)) {
            assertThat(sandbox.usage().diskBytes()).isEqualTo(500);
        }
    }

    @Test
    void what_trails_keeps_among_the_sessions_files_is_not_the_sessions() throws IOException {
        Path state = Files.createDirectories(folder.resolve("home/.trails/sessions"));
        SandboxRequest request = request()
                .limits(Limits.builder().disk(1 << 20).build())
                .stateDirectory(folder.resolve("home/.trails"))
                .build();
        Plan plan = provider.plan(request);
        provider.create(plan, request).close();
        Files.writeString(state.resolve("log"), "x".repeat(1000));
        Files.writeString(folder.resolve("home/after"), "x".repeat(500));
        try (var sandbox = provider.open(plan, request)) {
            assertThat(sandbox.usage().diskBytes()).isEqualTo(500);
        }
    }
}
