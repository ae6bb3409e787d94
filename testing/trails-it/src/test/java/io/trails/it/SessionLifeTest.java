package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.stateful.Action;
import net.jqwik.api.stateful.ActionSequence;

/**
 * Random sequences of everything a host can do, its own restart and its death included, against a model that says what
 * has to be there afterwards. The host is a JVM of its own, so that its death is a real one.
 */
class SessionLifeTest {
    @Tag("long")
    @Property(tries = 16, shrinking = ShrinkingMode.OFF)
    void the_sessions_are_what_they_should_be_in_many_lives(@ForAll("lives") ActionSequence<World> life)
            throws IOException {
        whatever_a_host_does_or_suffers_the_sessions_are_what_they_should_be(life);
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF)
    void whatever_a_host_does_or_suffers_the_sessions_are_what_they_should_be(
            @ForAll("lives") ActionSequence<World> life) throws IOException {
        Path project = Files.createTempDirectory("trails-life");
        try (World world = new World(project)) {
            life.run(world);
            world.endAll();
        }
        delete(project);
    }

    @Provide
    Arbitrary<ActionSequence<World>> lives() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "Straße 7");
        Arbitrary<Step> steps = Arbitraries.of(
                        "open", "open", "exec", "exec", "type", "stop", "find", "remove", "restart", "crash")
                .flatMap(verb -> names.map(name -> new Step(verb, name)));
        return Arbitraries.sequences(steps.map(step -> (Action<World>) step)).ofSize(12);
    }

    private static void delete(Path project) throws IOException {
        try (var files = Files.walk(project)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    /** The host, the project, and the model: which sessions exist, and which files appeared since each was opened. */
    static final class World implements AutoCloseable {
        private final Path project;
        private HostProcess host;
        private final Map<String, Set<String>> sessions = new LinkedHashMap<>();
        private final Set<String> files = new TreeSet<>();
        private int counter;

        World(Path project) {
            this.project = project;
            this.host = start();
        }

        private HostProcess start() {
            HostProcess fresh = HostProcess.start(RemoteHost.class, project);
            assertThat(fresh.reply()).contains("ready");
            return fresh;
        }

        /** Names go over the line protocol without blanks. */
        private String ask(String verb, String name, String rest) {
            return host.ask((verb + " " + name.replace(' ', '_') + " " + rest).strip())
                    .orElseThrow();
        }

        void open(String name) {
            String reply = ask("open", name, "");
            assertThat(reply).isEqualTo(sessions.containsKey(name) ? "session.exists" : "ok");
            sessions.computeIfAbsent(name, fresh -> new TreeSet<>());
        }

        void exec(String name) {
            String file = "file-" + counter++ + ".txt";
            String reply = ask("exec", name, file);
            assertThat(reply).isEqualTo(sessions.containsKey(name) ? "ok" : "test.no-session");
            if (!sessions.containsKey(name)) return;
            files.add(file);
            sessions.values().forEach(seen -> seen.add(file));
        }

        void type(String name) {
            String reply = ask("type", name, String.valueOf(counter++));
            assertThat(reply).isEqualTo(sessions.containsKey(name) ? "ok" : "test.no-session");
        }

        void stop(String name) {
            if (!sessions.containsKey(name)) return;
            assertThat(ask("stop", name, "")).isEqualTo("ok");
            assertThat(ask("processes", name, "")).isEqualTo("0");
        }

        void remove(String name) {
            String reply = ask("remove", name, "");
            assertThat(reply).isEqualTo(sessions.containsKey(name) ? "ok" : "test.no-session");
            sessions.remove(name);
        }

        void restart() {
            assertThat(host.end()).isZero();
            host = start();
        }

        void crash() {
            host.kill();
            host = start();
        }

        void check() {
            assertThat(host.ask("count").orElseThrow()).isEqualTo(String.valueOf(sessions.size()));
            sessions.forEach((name, added) -> {
                String expected = added.stream().map(file -> "ADDED:" + file).collect(Collectors.joining(" "));
                assertThat(ask("changes", name, "")).isEqualTo(expected);
                assertThat(ask("state", name, "")).isIn("READY", "STOPPED");
            });
            for (String file : files) assertThat(project.resolve(file)).exists();
        }

        void endAll() {
            for (String name : Set.copyOf(sessions.keySet())) remove(name);
            check();
        }

        @Override
        public void close() {
            host.close();
        }

        @Override
        public String toString() {
            return "sessions " + sessions.keySet();
        }
    }

    private record Step(String verb, String name) implements Action<World> {
        @Override
        public World run(World world) {
            switch (verb) {
                case "open" -> world.open(name);
                case "exec" -> world.exec(name);
                case "type" -> world.type(name);
                case "stop" -> world.stop(name);
                case "remove" -> world.remove(name);
                case "restart" -> world.restart();
                case "crash" -> world.crash();
                default -> {}
            }
            world.check();
            return world;
        }

        @Override
        public String toString() {
            return verb + " " + name;
        }
    }
}
