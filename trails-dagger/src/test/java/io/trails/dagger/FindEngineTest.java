package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.ContainerEngine;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.spi.Availability;
import io.trails.spi.ProbeContext;
import io.trails.spi.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
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
    void a_token_without_a_port_names_no_session() throws IOException {
        var host = host();
        host.put("DAGGER_SESSION_TOKEN", "left-over");
        host.put("DAGGER_SESSION_PORT", "");
        assertThat(session("token", request -> request.environment(host)).sh("echo usable"))
                .isEqualTo("usable");
    }
}
