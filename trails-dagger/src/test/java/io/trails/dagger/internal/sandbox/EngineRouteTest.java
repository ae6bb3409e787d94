package io.trails.dagger.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.ContainerEngine;
import io.trails.Enforcement;
import io.trails.Enforcement.Level;
import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.NetworkPolicy;
import io.trails.spi.SandboxSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineRouteTest {
    private static final Limits TWO_GIB = Limits.builder().memory(2L << 30).build();

    private static ContainerEngine engine(String name, NetworkPolicy network, Limits limits) {
        return new ContainerEngine(name, Optional.empty(), Optional.of("unix:///run/" + name), network, limits);
    }

    private static SandboxSettings with(ContainerEngine... engines) {
        SandboxSettings settings = SandboxSettings.none();
        for (ContainerEngine engine : engines) settings = settings.withEngine(engine);
        return settings;
    }

    private static Level level(EngineRoute route, int index) {
        return route.answers().get(index).level();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void each_limit_is_answered_and_what_nobody_keeps_is_refused_with_a_way_out(Kind kind) {
        EngineRoute route =
                EngineRoute.of(Limits.builder().set(kind, 1_000).build(), NetworkPolicy.open(), SandboxSettings.none());
        assertThat(route.answers()).extracting(Enforcement::subject).containsExactly(kind.name());
        Level expected = switch (kind) {
            case CPU_TIME, OPEN_FILES, FILE_SIZE -> Level.ENFORCED;
            case WALL_CLOCK -> Level.MONITORED;
            case CPU_SHARE, MEMORY, PROCESSES, DISK -> Level.REFUSED;
        };
        assertThat(level(route, 0)).isEqualTo(expected);
        if (expected == Level.REFUSED) {
            assertThat(route.answers().get(0).reason().remedy()).contains("declare an engine");
        }
    }

    @Test
    void a_closed_network_goes_to_an_engine_without_one_and_the_reason_names_it() {
        var settings = with(
                engine("fast", NetworkPolicy.open(), Limits.none()),
                engine("island", NetworkPolicy.none(), Limits.none()));
        EngineRoute route = EngineRoute.of(Limits.none(), NetworkPolicy.none(), settings);
        assertThat(route.name()).isEqualTo("island");
        assertThat(level(route, 0)).isEqualTo(Level.ENFORCED);
        assertThat(route.answers().get(0).reason().message()).contains("'island'");
    }

    @Test
    void without_such_an_engine_a_closed_network_is_refused() {
        var settings = with(engine("fast", NetworkPolicy.open(), Limits.none()));
        EngineRoute route = EngineRoute.of(Limits.none(), NetworkPolicy.none(), settings);
        assertThat(route.refusal()).isPresent();
        assertThat(route.answers().get(0).reason().message()).contains("fast");
        assertThat(EngineRoute.of(Limits.none(), NetworkPolicy.allow("a"), settings)
                        .refusal())
                .isPresent();
    }

    @Test
    void an_engine_that_reaches_less_than_allowed_will_do() {
        var settings = with(engine("mirror", NetworkPolicy.allow("a.example"), Limits.none()));
        assertThat(EngineRoute.of(Limits.none(), NetworkPolicy.allow("a.example", "b.example"), settings)
                        .name())
                .isEqualTo("mirror");
        assertThat(EngineRoute.of(Limits.none(), NetworkPolicy.allow("b.example"), settings)
                        .refusal())
                .isPresent();
        assertThat(EngineRoute.of(Limits.none(), NetworkPolicy.none(), settings).refusal())
                .isPresent();
    }

    @Test
    void a_memory_limit_goes_to_an_engine_that_keeps_to_as_little() {
        var settings = with(
                engine(
                        "big",
                        NetworkPolicy.open(),
                        Limits.builder().memory(8L << 30).build()),
                engine(
                        "small",
                        NetworkPolicy.open(),
                        Limits.builder().memory(1L << 30).build()));
        assertThat(EngineRoute.of(TWO_GIB, NetworkPolicy.open(), settings).name())
                .isEqualTo("small");
        assertThat(EngineRoute.of(Limits.builder().memory(1 << 20).build(), NetworkPolicy.open(), settings)
                        .refusal())
                .isPresent();
    }

    @Test
    void one_engine_has_to_keep_all_of_it() {
        var settings = with(
                engine("island", NetworkPolicy.none(), Limits.none()), engine("small", NetworkPolicy.open(), TWO_GIB));
        assertThat(EngineRoute.of(TWO_GIB, NetworkPolicy.none(), settings).answers())
                .extracting(Enforcement::level)
                .containsExactly(Level.REFUSED, Level.REFUSED);
    }

    @Test
    void a_session_that_asks_for_nothing_special_goes_to_the_default_engine() {
        var limits = Limits.builder().wallClock(Duration.ofMinutes(1)).build();
        assertThat(EngineRoute.of(limits, NetworkPolicy.open(), SandboxSettings.none())
                        .name())
                .isEqualTo("default");
        var settings = with(
                engine("other", NetworkPolicy.open(), Limits.none()),
                engine("default", NetworkPolicy.open(), Limits.none()));
        EngineRoute route = EngineRoute.of(limits, NetworkPolicy.open(), settings);
        assertThat(route.engine()).map(ContainerEngine::name).contains("default");
        assertThat(List.of(level(route, 0))).containsExactly(Level.MONITORED);
    }
}
