package io.trails.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trails.Command;
import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.TrailsException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "marks are read from /proc")
class HostMarksTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<HostFixture> opened = new ArrayList<>();
    private final String drawn = UUID.randomUUID().toString();

    @AfterEach
    void close() {
        for (HostFixture host : opened) host.close();
    }

    private HostFixture open() throws IOException {
        return open(Limits.none(), System.getenv());
    }

    private HostFixture open(Limits limits, Map<String, String> environment) throws IOException {
        var host = new HostFixture(folder.resolve("session" + opened.size()), limits, environment);
        opened.add(host);
        return host;
    }

    /** As a server in the shared place would: in a session of its own, with exactly those variables. */
    static void hold(Sandbox sandbox, Command inside) {
        var argv = new ArrayList<>(List.of("env", "-i"));
        inside.environment().forEach((name, value) -> argv.add(name + "=" + value));
        argv.addAll(List.of("sh", "-c", "setsid \"$@\" </dev/null >/dev/null 2>&1 &", "sh"));
        argv.addAll(inside.argv());
        sandbox.shared()
                .exec(Command.of(argv).in(inside.directory().orElseThrow()))
                .orThrow();
    }

    /** The host has all marks together: another run of the same test on this machine may be at it. */
    private String mark(String name) {
        return drawn + "/" + name;
    }

    private long held(HostFixture host, String name, String script) {
        hold(host.sandbox, host.sandbox.inside(Command.of("sh", "-c", "echo $$ > pid; " + script), mark(name)));
        return host.awaitPid("pid");
    }

    @Test
    void it_is_declared_where_proc_can_be_read() throws IOException {
        assertThat(open().sandbox.capabilities()).contains(SandboxCapability.MARKS);
    }

    @Test
    void what_runs_inside_is_counted_and_ended_with_the_session() throws IOException {
        HostFixture host = open();
        long pid = held(host, "one", "exec sleep 1000");
        assertThat(host.sandbox.usage().processes()).isEqualTo(1);
        assertThat(host.sandbox.isAlive(mark("one"))).isTrue();
        host.sandbox.stop();
        assertThat(HostFixture.runs(pid)).isFalse();
        assertThat(host.sandbox.isAlive(mark("one"))).isFalse();
    }

    @Test
    void a_mark_is_found_and_ended_by_another_sandbox_of_the_session() throws IOException {
        HostFixture host = open();
        long pid = held(host, "one", "exec sleep 1000");
        try (Sandbox other = new HostSandboxProvider().open(host.plan, host.request)) {
            assertThat(other.isAlive(mark("one"))).isTrue();
            assertThat(other.end(mark("one"))).isTrue();
        }
        assertThat(HostFixture.runs(pid)).isFalse();
    }

    @Test
    void the_end_of_a_mark_leaves_others_alone() throws IOException {
        HostFixture host = open();
        held(host, "mark", "exec sleep 1000");
        Files.delete(host.home.resolve("pid"));
        long longer = held(host, "mark1", "exec sleep 1000");
        Files.delete(host.home.resolve("pid"));
        long deeper = held(host, "mark/1", "exec sleep 1000");
        assertThat(host.sandbox.end(mark("mark"))).isTrue();
        assertThat(host.sandbox.isAlive(mark("mark"))).isFalse();
        assertThat(HostFixture.runs(longer)).isTrue();
        assertThat(HostFixture.runs(deeper)).isTrue();
        assertThat(host.sandbox.isAlive(mark("mark1"))).isTrue();
    }

    @Test
    void descendants_end_wherever_they_went() throws IOException {
        HostFixture host = open();
        held(host, "tree", """
                env -i /bin/sh -c 'echo $$ > cleared; exec /bin/sleep 1000' &
                ( ( setsid sh -c 'echo $$ > daemon; exec sleep 1000' & ) & )
                sh -c 'trap "" TERM HUP INT; echo $$ > stubborn; while :; do sleep 1; done' &
                exec sleep 1000""");
        var pids = new ArrayList<Long>();
        for (String name : List.of("cleared", "daemon", "stubborn", "pid")) pids.add(host.awaitPid(name));
        assertThat(host.sandbox.end(mark("tree"))).isTrue();
        assertThat(pids).noneMatch(HostFixture::runs);
    }

    @Test
    void what_leaves_its_parent_behind_is_still_alive() throws IOException {
        HostFixture host = open();
        held(host, "daemon", "setsid sleep 1000 & echo $! > daemon");
        long daemon = host.awaitPid("daemon");
        await().atMost(SOON).until(() -> !HostFixture.runs(host.awaitPid("pid")));
        assertThat(host.sandbox.isAlive(mark("daemon"))).isTrue();
        assertThat(host.sandbox.end(mark("daemon"))).isTrue();
        assertThat(HostFixture.runs(daemon)).isFalse();
    }

    @Test
    void a_zombie_is_not_alive() throws Exception {
        HostFixture host = open();
        // Its parent never waits for it.
        String script = "TRAILS_TERMINAL=" + mark("zombie") + " sleep 1000 & echo $! > pid; exec sleep 1000";
        Process parent = new ProcessBuilder("sh", "-c", script)
                .directory(host.home.toFile())
                .start();
        try {
            long pid = host.awaitPid("pid");
            await().atMost(SOON).until(() -> host.sandbox.isAlive(mark("zombie")));
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            await().atMost(SOON).until(() -> !HostFixture.runs(pid));
            assertThat(Path.of("/proc", Long.toString(pid))).exists();
            assertThat(host.sandbox.isAlive(mark("zombie"))).isFalse();
            assertThat(host.sandbox.end(mark("zombie"))).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void the_end_of_nobody_succeeds() throws IOException {
        HostFixture host = open();
        assertThat(host.sandbox.isAlive(mark("nobody"))).isFalse();
        assertThat(host.sandbox.end(mark("nobody"))).isTrue();
    }

    @Test
    void the_command_is_complete() throws IOException {
        HostFixture host = open(Limits.none(), HostFixture.with(System.getenv(), "OF_SESSION", "1", "GIT_DIR", "no"));
        Files.createDirectory(host.home.resolve("sub"));
        host.script("program", "#!/bin/sh\n");
        Command inside = host.sandbox.inside(
                Command.of("program", "a b").in(Path.of("sub")).environment(Map.of("PATH", "..:/bin", "OWN", "ü;$")),
                "m");
        assertThat(inside.directory()).contains(host.home.resolve("sub"));
        assertThat(Path.of(inside.argv().get(0)).normalize()).isEqualTo(host.home.resolve("program"));
        assertThat(inside.argv()).last().isEqualTo("a b");
        assertThat(inside.environment())
                .containsEntry("OF_SESSION", "1")
                .containsEntry("OWN", "ü;$")
                .containsEntry("PATH", "..:/bin")
                .containsEntry("HOME", System.getenv().getOrDefault("HOME", ""))
                .containsEntry("TRAILS_TERMINAL", "m")
                .containsKey("TRAILS_SESSION")
                .doesNotContainKeys("GIT_DIR", "TRAILS_EXEC", "PWD");
    }

    @Test
    void variables_beyond_the_locale_of_the_host_are_whole() throws Exception {
        Files.createDirectory(folder.resolve("home"));
        ProcessBuilder child = HostFixture.java(HostProgram.class, List.of(), "inside", folder.toString());
        child.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        // The shell puts in what this JVM may be unable to hand on.
        var argv =
                new ArrayList<>(List.of("sh", "-c", "OF_HOST=$(printf '\\303\\251=\\n\\303\\251') exec \"$@\"", "sh"));
        argv.addAll(child.command());
        Process process = child.command(argv).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(told.strip()).isEqualTo("233,61,10,233 252");
    }

    @Test
    void outer_marks_stay_with_what_runs_inside() throws IOException {
        HostFixture host = open(
                Limits.none(),
                HostFixture.with(
                        System.getenv(), "TRAILS_SESSION", "outer", "TRAILS_EXEC", "run", "TRAILS_TERMINAL", "t"));
        assertThat(host.sandbox.inside(Command.of("true"), "m").environment())
                .containsEntry("TRAILS_EXEC", "run")
                .containsEntry("TRAILS_TERMINAL", "t:m")
                .hasEntrySatisfying("TRAILS_SESSION", marks -> assertThat(marks).startsWith("outer:"));
    }

    @Test
    void a_program_or_directory_that_is_missing_is_told_at_once() throws IOException {
        Sandbox sandbox = open().sandbox;
        assertThatThrownBy(() -> sandbox.inside(Command.of("no-such-program"), "m"))
                .isInstanceOfSatisfying(
                        TrailsException.class, told -> assertThat(told.code()).isEqualTo("exec.not-started"));
        assertThatThrownBy(() -> sandbox.inside(Command.of("true").in(Path.of("none")), "m"))
                .isInstanceOfSatisfying(
                        TrailsException.class, told -> assertThat(told.code()).isEqualTo("exec.not-started"));
    }

    @Test
    void a_mark_that_could_be_mistaken_is_refused() throws IOException {
        Sandbox sandbox = open().sandbox;
        for (String mark : List.of("", "a:b", "a b", "a\nb", "é")) {
            assertThatThrownBy(() -> sandbox.inside(Command.of("true"), mark))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> sandbox.end(mark)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void limits_per_process_are_set() throws IOException {
        HostFixture host = open(Limits.builder().set(Kind.OPEN_FILES, 77).build(), System.getenv());
        held(host, "limited", "ulimit -n > files; exec sleep 1000");
        assertThat(host.awaitPid("files")).isEqualTo(77);
    }

    @Test
    void limits_of_the_session_are_watched_though_no_command_runs() throws IOException {
        HostFixture host = open(Limits.builder().set(Kind.PROCESSES, 3).build(), System.getenv());
        long pid = held(host, "many", "for i in 1 2 3 4 5; do sleep 1000 & done; wait");
        await().atMost(SOON).until(() -> !HostFixture.runs(pid));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(host.breaches).extracting("code").containsExactly("limit.processes"));
        assertThat(host.sandbox.isAlive(mark("many"))).isFalse();
    }
}
