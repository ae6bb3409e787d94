package io.trails.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Isolation;
import io.trails.ModeAdvice.Candidate;
import io.trails.SessionSpec;
import io.trails.internal.settings.Surroundings;
import io.trails.spi.Provider;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

class SelectionLawsTest {
    private static Optional<Set<Isolation>> isolation(Selection selection) {
        return selection.advice().best().flatMap(Candidate::composition).map(c -> c.isolation());
    }

    private static Set<Isolation> promised(Scene scene, Selection selection) {
        return new Parts(new Guests.Catalog(scene.providers()), Surroundings.none(), scene.sandbox())
                .promised(selection.wanted());
    }

    @Property(tries = 5_000)
    void a_session_never_gets_less_than_is_wanted_without_an_allowed_and_recorded_fallback(@ForAll long seed) {
        var worlds = new Worlds(seed);
        Scene scene = worlds.scene().project(worlds.projectSettings());
        Selection selection = scene.select(worlds.spec());
        Statistics.label("chosen").collect(selection.advice().best().isPresent());
        if (isolation(selection).isEmpty()) return;
        boolean less = !isolation(selection).get().containsAll(promised(scene, selection));
        Statistics.label("less than wanted").collect(less);
        if (less) assertThat(selection.fallback()).isPresent();
        if (selection.fallback().isPresent()) {
            assertThat(scene.forbidsFallback()).as("fallback is forbidden").isFalse();
        }
    }

    @Property(tries = 5_000)
    void a_session_that_asks_for_less_than_is_configured_gets_it_only_recorded_and_by_force_or_leave(
            @ForAll long seed) {
        var worlds = new Worlds(seed);
        Scene scene = worlds.scene().project(worlds.projectSettings());
        SessionSpec spec = worlds.spec().build();
        Selection selection = scene.selector().select(spec);
        // What the same session would get if it asked for no mode.
        Selection configured = scene.selector().select(withoutMode(spec));
        boolean byDefault = configured.advice().considered().stream()
                .anyMatch(reason -> Set.of("rule.default", "rule.complexity").contains(reason.code())
                        && !reason.message().endsWith("outranked"));
        if (byDefault || isolation(selection).isEmpty() || isolation(configured).isEmpty()) return;
        boolean less =
                !isolation(selection).get().containsAll(isolation(configured).get());
        Statistics.label("less than configured").collect(less);
        if (less) {
            assertThat(selection.downgrade()).isPresent();
            assertThat(spec.forced() || scene.waivesForce()).isTrue();
        }
        boolean unlikeConfigured = !isolation(selection).get().containsAll(promised(scene, configured));
        Statistics.label("less than configured promises").collect(unlikeConfigured);
        if (unlikeConfigured) {
            assertThat(selection.downgrade().isPresent() || selection.fallback().isPresent())
                    .isTrue();
        }
    }

    private static SessionSpec withoutMode(SessionSpec spec) {
        SessionSpec.Builder same =
                SessionSpec.named(spec.name()).requires(spec.requires().toArray(new Isolation[0]));
        spec.agent().ifPresent(same::agent);
        spec.complexity().ifPresent(same::complexity);
        if (spec.forced()) same.force();
        return same.build();
    }

    @Property(tries = 5_000)
    void what_a_project_brings_never_isolates_less_and_never_turns_a_refusal_into_a_session(@ForAll long seed) {
        var worlds = new Worlds(seed);
        Scene scene = worlds.scene();
        SessionSpec.Builder spec = worlds.spec();
        Selection without = scene.select(spec);
        Selection with = scene.project(worlds.projectSettings()).select(spec);
        Statistics.label("with, without")
                .collect(isolation(with).isPresent(), isolation(without).isPresent());
        if (isolation(with).isEmpty()) return;
        assertThat(isolation(without)).isPresent();
        assertThat(isolation(with).get()).containsAll(isolation(without).get());
    }

    @Property(tries = 2_000)
    void the_same_question_gets_the_same_answer(@ForAll long seed) {
        Selection one = answer(seed);
        Selection other = answer(seed);
        assertThat(one.advice().explain()).isEqualTo(other.advice().explain());
        assertThat(one.advice().best()).isEqualTo(other.advice().best());
    }

    private static Selection answer(long seed) {
        var worlds = new Worlds(seed);
        return worlds.scene().project(worlds.projectSettings()).select(worlds.spec());
    }

    @Property(tries = 3_000)
    void what_is_chosen_isolates_what_is_required_and_stands_on_usable_providers(@ForAll long seed) {
        var worlds = new Worlds(seed);
        Scene scene = worlds.scene();
        SessionSpec spec = worlds.spec().build();
        Selection selection = scene.selector().select(spec);
        if (selection.advice().best().isEmpty()) return;
        var composition = selection.advice().best().get().composition().orElseThrow();
        assertThat(composition.isolation()).containsAll(spec.requires());
        assertThat(scene.providers())
                .filteredOn(provider -> available(scene, provider))
                .extracting(Provider::id)
                .contains(composition.workspace(), composition.sandbox(), composition.terminal());
    }

    private static boolean available(Scene scene, Provider provider) {
        return new Guests.Catalog(scene.providers()).availability(provider).equals(Guests.USABLE);
    }

    @Property(tries = 3_000)
    void an_untrusted_agent_gets_a_mode_that_isolates_nothing_only_if_it_was_asked_for(@ForAll long seed) {
        var worlds = new Worlds(seed);
        Scene scene = worlds.scene().project(worlds.projectSettings());
        SessionSpec spec = worlds.spec().build();
        Selection selection = scene.selector().select(spec);
        if (spec.agent().isEmpty() || isolation(selection).isEmpty()) return;
        if (!isolation(selection).get().isEmpty() || scene.trusts(spec.agent().get())) return;
        assertThat(selection.fallback()).isEmpty();
        assertThat(selection.advice().considered())
                .filteredOn(reason -> reason.message().endsWith(", which decides"))
                .extracting(reason -> reason.code())
                .containsAnyOf("rule.session", "rule.environment", "rule.agent-preference", "rule.user");
    }
}
