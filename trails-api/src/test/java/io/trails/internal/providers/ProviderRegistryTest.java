package io.trails.internal.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import acme.PlainWord;
import io.trails.Axis;
import io.trails.Isolation;
import io.trails.ProviderInfo;
import io.trails.ProviderInfo.Origin;
import io.trails.ProviderInfo.Status;
import io.trails.Reason;
import io.trails.spi.Availability;
import io.trails.spi.ProbeContext;
import io.trails.spi.Provider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderRegistryTest {
    @TempDir
    Path folder;

    private Duration patience = Duration.ofSeconds(30);

    public static final class Good extends Guest {
        public Good() {
            super("acme.good");
        }
    }

    public static final class Twin extends Guest {
        public Twin() {
            super("acme.good");
        }
    }

    public static final class BrokenConstructor extends Guest {
        public BrokenConstructor() {
            super("acme.broken");
            throw new IllegalStateException("constructor says no");
        }
    }

    public static final class BrokenId extends Guest {
        public BrokenId() {
            super("acme.broken-id");
        }

        @Override
        public String id() {
            throw new NoClassDefFoundError("acme/Missing");
        }
    }

    public static final class BadId extends Guest {
        public BadId() {
            super("../Escape");
        }
    }

    public static final class BrokenProbe extends Guest {
        public BrokenProbe() {
            super("acme.broken-probe");
        }

        @Override
        public Availability probe(ProbeContext context) {
            throw new StackOverflowError("probe says no");
        }
    }

    public static final class HangingProbe extends Guest {
        public HangingProbe() {
            super("acme.hanging-probe");
        }

        @Override
        public Availability probe(ProbeContext context) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return Availability.available();
        }
    }

    public static final class LateProbe extends Guest {
        public LateProbe() {
            super("acme.late-probe");
        }

        @Override
        public Availability probe(ProbeContext context) {
            try {
                assertThat(new CountDownLatch(1).await(context.timeout().toMillis(), TimeUnit.MILLISECONDS))
                        .isFalse();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return Availability.available();
        }
    }

    public static final class FailingConstructor extends Guest {
        public FailingConstructor() {
            super("acme.failing");
            throw new AssertionError("constructor fails");
        }
    }

    /** Throws what nobody expects, when it is asked the first, second or third question. */
    private static final class Rude extends Guest {
        private final int question;
        private final Throwable thrown;

        Rude(int question, Throwable thrown) {
            super("acme.rude");
            this.question = question;
            this.thrown = thrown;
        }

        private void asked(int number) {
            if (number == question) Rude.<RuntimeException>raise(thrown);
        }

        @SuppressWarnings("unchecked")
        private static <E extends Throwable> void raise(Throwable thrown) throws E {
            throw (E) thrown;
        }

        @Override
        public String id() {
            asked(1);
            return super.id();
        }

        @Override
        public int preference() {
            asked(2);
            return super.preference();
        }

        @Override
        public Set<Isolation> isolates() {
            asked(3);
            return super.isolates();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatever_a_provider_throws_is_its_own_rejection(int question) {
        for (Throwable thrown :
                List.of(new AssertionError("no"), new StackOverflowError("no"), new IOException("no"))) {
            var registry = registry(List.of(new Rude(question, thrown), new Guest("acme.own")), new URL[0]);
            assertThat(registry.find(Axis.WORKSPACE, "acme.own")).isPresent();
            assertThat(registry.infos())
                    .filteredOn(info -> info.implementation().equals(Rude.class.getName()))
                    .flatExtracting(ProviderInfo::reasons)
                    .extracting(Reason::code)
                    .containsExactly("provider.broken");
        }
    }

    @Test
    void a_jvm_that_cannot_go_on_is_no_providers_matter() {
        var rude = new Rude(1, new OutOfMemoryError("no"));
        assertThatThrownBy(() -> registry(List.of(rude), new URL[0])).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void a_broken_line_of_a_services_file_hides_none_of_the_others() throws IOException {
        services(
                "# ours",
                Good.class.getName() + " # the good one",
                "two words",
                FailingConstructor.class.getName(),
                String.class.getName(),
                "acme.NoSuchClass");

        var registry = discovered();

        assertThat(registry.find(Axis.WORKSPACE, "acme.good")).isPresent();
        assertThat(registry.infos())
                .filteredOn(info -> info.status() == Status.REJECTED)
                .flatExtracting(ProviderInfo::reasons)
                .extracting(Reason::message)
                .anySatisfy(message ->
                        assertThat(message).contains(url(folder).toString(), Provider.class.getName() + ":3:"))
                .anySatisfy(message -> assertThat(message).contains("constructor fails"))
                .anySatisfy(message -> assertThat(message).contains("java.lang.String"))
                .anySatisfy(message -> assertThat(message).contains("acme.NoSuchClass"))
                .hasSize(4);
    }

    @Test
    void every_broken_provider_is_reported_and_hides_nobody() throws IOException {
        services(
                "acme.NoSuchClass",
                BrokenConstructor.class.getName(),
                FailingConstructor.class.getName(),
                BrokenId.class.getName(),
                BadId.class.getName(),
                BrokenProbe.class.getName(),
                String.class.getName(),
                Good.class.getName());

        List<ProviderInfo> infos = discovered().infos();

        assertThat(infos)
                .filteredOn(info -> info.id().equals("acme.good"))
                .singleElement()
                .extracting(ProviderInfo::status)
                .isEqualTo(Status.USABLE);
        assertThat(infos)
                .filteredOn(info -> info.id().equals("acme.broken-probe"))
                .singleElement()
                .satisfies(info ->
                        assertThat(info.reasons()).extracting(Reason::code).containsExactly("provider.probe-failed"))
                .extracting(ProviderInfo::status)
                .isEqualTo(Status.UNAVAILABLE);
        assertThat(infos)
                .filteredOn(info -> info.status() == Status.REJECTED)
                .flatExtracting(ProviderInfo::reasons)
                .extracting(Reason::code)
                .contains("provider.broken", "provider.bad-id");
        assertThat(infos)
                .extracting(ProviderInfo::implementation)
                .contains(
                        BrokenConstructor.class.getName(),
                        FailingConstructor.class.getName(),
                        BrokenId.class.getName(),
                        BadId.class.getName());
        assertThat(infos)
                .filteredOn(info -> info.implementation().equals(BrokenConstructor.class.getName()))
                .flatExtracting(ProviderInfo::reasons)
                .extracting(Reason::message)
                .singleElement()
                .asString()
                .contains("constructor says no");
    }

    @Test
    void a_broken_services_file_does_not_hide_those_of_other_jars() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other/META-INF/services"));
        Files.writeString(other.resolve(Provider.class.getName()), Good.class.getName());
        services("\u0000\u0001 not a services file at all");

        var registry = registry(List.of(), new URL[] {url(folder), url(folder.resolve("other"))});

        assertThat(registry.find(Axis.WORKSPACE, "acme.good")).isPresent();
        assertThat(registry.infos())
                .filteredOn(info -> info.status() == Status.REJECTED)
                .isNotEmpty();
    }

    @Test
    void a_probe_that_hangs_costs_its_deadline_once_and_only_itself() throws IOException {
        patience = Duration.ofSeconds(1);
        services(HangingProbe.class.getName(), Good.class.getName());
        var registry = discovered();
        Provider hanging = registry.find(Axis.WORKSPACE, "acme.hanging-probe").orElseThrow();

        assertThat(registry.availability(
                        registry.find(Axis.WORKSPACE, "acme.good").orElseThrow()))
                .isInstanceOf(Availability.Available.class);
        Availability answer = registry.availability(hanging);

        assertThat(answer.reasons()).extracting(Reason::code).containsExactly("provider.probe-timeout");
        assertThat(registry.availability(hanging)).isEqualTo(answer);
    }

    @Test
    void a_probe_that_took_all_of_its_time_is_believed() throws IOException {
        patience = Duration.ofSeconds(2);
        services(LateProbe.class.getName());
        var registry = discovered();
        Provider late = registry.find(Axis.WORKSPACE, "acme.late-probe").orElseThrow();
        assertThat(registry.availability(late)).isInstanceOf(Availability.Available.class);
    }

    @Test
    void two_discovered_providers_of_one_id_are_both_rejected_and_both_named() throws IOException {
        services(Good.class.getName(), Twin.class.getName());

        var registry = discovered();

        assertThat(registry.find(Axis.WORKSPACE, "acme.good")).isEmpty();
        assertThat(registry.infos())
                .filteredOn(info -> info.id().equals("acme.good"))
                .hasSize(2)
                .allSatisfy(info -> {
                    assertThat(info.status()).isEqualTo(Status.REJECTED);
                    assertThat(info.reasons().get(0).code()).isEqualTo("provider.duplicate");
                    assertThat(info.reasons().get(0).message()).contains(Good.class.getName(), Twin.class.getName());
                });
    }

    @Test
    void a_registered_provider_beats_a_discovered_one() throws IOException {
        services(Good.class.getName());
        var own = new Guest("acme.good");

        var registry = registry(List.of(own), new URL[] {url(folder)});

        assertThat(registry.find(Axis.WORKSPACE, "acme.good")).containsSame(own);
        assertThat(registry.infos())
                .filteredOn(info -> info.id().equals("acme.good"))
                .extracting(ProviderInfo::origin, ProviderInfo::status)
                .containsExactlyInAnyOrder(
                        tuple(Origin.REGISTERED, Status.USABLE), tuple(Origin.DISCOVERED, Status.REJECTED));
    }

    @Test
    void two_registered_providers_of_one_id_are_both_rejected() {
        var registry = registry(List.of(new Guest("acme.same"), new Guest("acme.same")), new URL[0]);

        assertThat(registry.find(Axis.WORKSPACE, "acme.same")).isEmpty();
    }

    @Test
    void a_foreign_plain_word_is_an_id_only_if_the_host_registers_it() throws IOException {
        services(PlainWord.class.getName());

        assertThat(discovered().find(Axis.WORKSPACE, "plain")).isEmpty();
        assertThat(discovered().infos())
                .filteredOn(info -> info.id().equals("plain"))
                .flatExtracting(ProviderInfo::reasons)
                .extracting(Reason::code)
                .containsExactly("provider.bad-id");
        assertThat(registry(List.of(new PlainWord()), new URL[0]).find(Axis.WORKSPACE, "plain"))
                .isPresent();
    }

    @Test
    void without_discovery_only_built_in_and_registered_providers_are_there() throws IOException {
        services(Good.class.getName());
        try (var loader = new URLClassLoader(new URL[] {url(folder)}, getClass().getClassLoader())) {
            var registry = ProviderRegistry.of(List.of(new Guest("acme.own")), false, loader, context());

            assertThat(registry.find(Axis.WORKSPACE, "acme.good")).isEmpty();
            assertThat(registry.find(Axis.WORKSPACE, "acme.own")).isPresent();
            assertThat(registry.find(Axis.SANDBOX, "host")).isPresent();
        }
    }

    @Test
    void the_order_is_by_axis_then_preference_then_id() {
        var low = new Guest("acme.a") {
            @Override
            public int preference() {
                return -5;
            }
        };
        var registry = registry(List.of(low, new Guest("acme.c"), new Guest("acme.b")), new URL[0]);

        assertThat(registry.infos()).extracting(ProviderInfo::id).containsSubsequence("acme.b", "acme.c", "acme.a");
        assertThat(registry.infos())
                .isSortedAccordingTo(Comparator.comparing(info -> info.axis().orElseThrow()));
    }

    @Test
    void what_a_provider_isolates_is_asked_once() {
        var registry = registry(List.of(new Guest("acme.isolating")), new URL[0]);

        assertThat(registry.infos())
                .filteredOn(info -> info.id().equals("acme.isolating"))
                .extracting(ProviderInfo::isolates)
                .containsExactly(Set.of(Isolation.FILES));
    }

    private void services(String... lines) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Provider.class.getName()), String.join("\n", lines) + "\n");
    }

    private ProviderRegistry discovered() throws IOException {
        return registry(List.of(), new URL[] {url(folder)});
    }

    private ProviderRegistry registry(List<Provider> registered, URL[] jars) {
        try (var loader = new URLClassLoader(jars, getClass().getClassLoader())) {
            return ProviderRegistry.of(registered, true, loader, context());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static URL url(Path directory) {
        try {
            return directory.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private ProbeContext context() {
        return ProbeContext.of(folder, Map.of(), patience);
    }
}
