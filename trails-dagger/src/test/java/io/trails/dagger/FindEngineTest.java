package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.ContainerEngine;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.spi.Availability;
import io.trails.spi.ProbeContext;
import io.trails.spi.SandboxRequest;
import io.trails.spi.SandboxSettings;
import io.trails.spi.SandboxUnreachableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where sessions look for their engine. */
class FindEngineTest extends SessionBench {
    @Test
    void an_engine_that_only_settings_name_is_found() throws IOException {
        var bare = new HashMap<>(engine.environment());
        String cli = bare.remove("_EXPERIMENTAL_DAGGER_CLI_BIN");
        bare.put("PATH", place.toString());
        var alone = new DaggerSandboxProvider();
        ProbeContext none = ProbeContext.of(files, bare, LIMIT);
        assertThat(alone.probe(none)).isInstanceOf(Availability.Unavailable.class);
        var named = new ContainerEngine(
                "mine",
                Optional.of(Path.of(cli)),
                Optional.of(bare.get("_EXPERIMENTAL_DAGGER_RUNNER_HOST")),
                NetworkPolicy.open(),
                Limits.none());
        ProbeContext declared = none.withSandbox(SandboxSettings.none().withEngine(named));
        assertThat(alone.probe(declared)).isInstanceOf(Availability.Available.class);
    }

    @Test
    void a_session_is_not_taken_up_where_its_network_would_be_open() throws IOException {
        for (String name : List.of("default", "island")) {
            var none = declared(name, NetworkPolicy.none());
            Session session = session(
                    name, request -> request.network(NetworkPolicy.none()).settings(none));
            assertThat(session.sh("echo there")).isEqualTo("there");
            session.sandbox().close();
            for (SandboxSettings later : List.of(SandboxSettings.none(), declared(name, NetworkPolicy.open()))) {
                SandboxRequest request = request(name)
                        .network(NetworkPolicy.none())
                        .settings(later)
                        .build();
                assertThatThrownBy(() -> provider.open(session.plan(), request))
                        .isInstanceOf(SandboxUnreachableException.class)
                        .extracting("code")
                        .isEqualTo("dagger.engine-undeclared");
            }
            assertThat(opened(session).sh("echo again")).isEqualTo("again");
        }
    }

    private SandboxSettings declared(String name, NetworkPolicy network) {
        Optional<String> host = Optional.of(played().runnerHost());
        return SandboxSettings.none()
                .withEngine(new ContainerEngine(name, Optional.empty(), host, network, Limits.none()));
    }

    @Test
    void a_token_without_a_port_names_no_session() throws IOException {
        var host = host();
        host.put("DAGGER_SESSION_TOKEN", "left-over");
        host.put("DAGGER_SESSION_PORT", "");
        assertThat(session("token", request -> request.environment(host)).sh("echo usable"))
                .isEqualTo("usable");
    }
}
