package io.trails.dagger.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trails.ContainerRecipe;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.SandboxRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SessionPlanTest {
    private static final Path OWN = Path.of("/project/.trails/sessions/one");

    private static SandboxRequest.Builder request(Location location) {
        return SandboxRequest.builder("one", location, OWN);
    }

    @Test
    void what_is_written_is_read_again() {
        var request = request(new HostDirectory(Path.of("/project")))
                .bringsBack(true)
                .recipe(ContainerRecipe.builder()
                        .image("debian:12")
                        .secret("TOKEN", "env:HOST_TOKEN")
                        .build())
                .build();
        SessionPlan plan = SessionPlan.of(request, "island");
        assertThat(SessionPlan.read(plan.write())).isEqualTo(plan);
        assertThat(plan.key()).matches("one-[0-9a-f]{16}");
        assertThat(plan.engine()).isEqualTo("island");
    }

    @Test
    void rescues_lie_outside_of_what_is_removed() {
        SessionPlan beside =
                SessionPlan.of(request(new HostDirectory(Path.of("/project"))).build(), "default");
        assertThat(beside.rescues())
                .isEqualTo(Path.of("/project/.trails/sessions/rescues").resolve(beside.key()));
        SessionPlan within = SessionPlan.of(
                request(new HostDirectory(Path.of("/project")))
                        .stateDirectory(Path.of("/project/.trails"))
                        .build(),
                "default");
        assertThat(within.rescues())
                .isEqualTo(Path.of("/project/.trails/rescues").resolve(within.key()));
    }

    @Test
    void another_kind_of_location_is_a_mistake() {
        Location elsewhere = () -> "elsewhere";
        assertThatThrownBy(() -> SessionPlan.of(request(elsewhere).build(), "default"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("elsewhere");
    }
}
