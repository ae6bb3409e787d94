package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trails.ProviderInfo;
import io.trails.RemovalPolicy;
import io.trails.SessionInfo;
import io.trails.SessionState;
import io.trails.Trails;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TwoHostsTest {
    private static final int NAMES = 20;
    private static final int LAUNCHES = 5;
    private static final int MANY_LAUNCHES = 12;

    @TempDir
    Path project;

    /** A test that failed must not leave programs behind. */
    @AfterEach
    void removeSessions() {
        try (Trails trails = Trails.create(project)) {
            for (SessionInfo info : trails.sessions()) {
                trails.find(info.name())
                        .ifPresent(
                                session -> session.remove(RemovalPolicy.safe().endingProcesses()));
            }
        }
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void of_two_hosts_that_open_the_same_names_each_name_is_won_once_and_both_see_all() {
        try (HostProcess left = HostProcess.start(RemoteHost.class, project);
                HostProcess right = HostProcess.start(RemoteHost.class, project)) {
            assertThat(left.reply()).contains("ready");
            assertThat(right.reply()).contains("ready");

            for (int i = 0; i < NAMES; i++) {
                String open = "open name-" + i;
                var first = CompletableFuture.supplyAsync(() -> left.ask(open).orElseThrow());
                var second = CompletableFuture.supplyAsync(() -> right.ask(open).orElseThrow());
                assertThat(List.of(first.join(), second.join())).containsExactlyInAnyOrder("ok", "session.exists");
            }

            assertThat(left.ask("count")).contains(String.valueOf(NAMES));
            assertThat(right.ask("count")).contains(String.valueOf(NAMES));
            assertThat(right.ask("exec name-0 shared.txt")).contains("ok");
            assertThat(left.ask("exec name-0 shared.txt")).contains("ok");
        }
        try (Trails trails = Trails.create(project)) {
            assertThat(trails.sessions()).hasSize(NAMES).allMatch(info -> info.state() == SessionState.READY);
            assertThat(trails.audit().verify().intact()).isTrue();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_two_hosts_launch_at_the_same_time_runs_once_and_is_resumed_only_if_it_ran_before() {
        launchAgents(LAUNCHES);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Tag("long")
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_two_hosts_launch_at_the_same_time_many_times_runs_once_each() {
        launchAgents(MANY_LAUNCHES);
        launchShells(MANY_LAUNCHES);
    }

    private void launchAgents(int launches) {
        String one = one();
        try (HostProcess left = HostProcess.start(RemoteHost.class, project);
                HostProcess right = HostProcess.start(RemoteHost.class, project)) {
            assertThat(left.reply()).contains("ready");
            assertThat(right.reply()).contains("ready");

            for (int round = 0; round < launches; round++) {
                String name = "agent-" + round;
                assertThat(left.ask("open-agent " + name)).contains("ok");
                assertThat(sameAnswer(left, right, "agent " + name))
                        .startsWith("ready")
                        .doesNotContain("resumed");
                awaitOne(right, name, one);

                assertThat(left.ask("stop " + name)).contains("ok");
                assertThat(sameAnswer(left, right, "agent " + name)).matches("ready \\d+ resumed");
                awaitOne(right, name, one);

                assertThat(right.ask("exit-agent " + name)).contains("ok");
                assertThat(sameAnswer(left, right, "resume " + name)).isEqualTo("ok");
                assertThat(sameAnswer(left, right, "agent " + name)).matches("ready \\d+ resumed");
                awaitOne(left, name, one);
                assertThat(left.ask("remove " + name)).contains("ok");
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_shell_that_two_hosts_start_again_at_the_same_time_is_one_shell() {
        launchShells(LAUNCHES);
    }

    private void launchShells(int launches) {
        String one = one();
        try (HostProcess left = HostProcess.start(RemoteHost.class, project);
                HostProcess right = HostProcess.start(RemoteHost.class, project)) {
            assertThat(left.reply()).contains("ready");
            assertThat(right.reply()).contains("ready");
            assertThat(left.ask("open work")).contains("ok");
            for (int round = 0; round < launches; round++) {
                assertThat(sameAnswer(left, right, "shell work")).matches("\\d+");
                awaitOne(right, "work", one);
                assertThat(left.ask("stop work")).contains("ok");
            }
            assertThat(right.ask("remove work")).contains("ok");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void lines_that_two_hosts_run_in_one_shell_do_not_mix() {
        try (HostProcess left = HostProcess.start(RemoteHost.class, project);
                HostProcess right = HostProcess.start(RemoteHost.class, project)) {
            assertThat(left.reply()).contains("ready");
            assertThat(right.reply()).contains("ready");
            assertThat(left.ask("open work")).contains("ok");
            assertThat(left.ask("shell work").orElseThrow()).matches("\\d+");
            var others = CompletableFuture.runAsync(() -> {
                for (int code = 100; code < 115; code++) {
                    assertThat(right.ask("run work " + code)).contains(String.valueOf(code));
                }
            });
            for (int code = 0; code < 15; code++) {
                assertThat(left.ask("run work " + code)).contains(String.valueOf(code));
            }
            others.join();
            assertThat(right.ask("remove work")).contains("ok");
        }
    }

    /** What holds a program is no process of the session in tmux, and one in headless. */
    private String one() {
        return tmuxIsUsable() ? "1" : "2";
    }

    /** The other host's attempt may take a moment to give up. */
    private static void awaitOne(HostProcess host, String name, String one) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(host.ask("processes " + name)).contains(one));
    }

    private boolean tmuxIsUsable() {
        try (Trails trails = Trails.create(project)) {
            return trails.providers().stream()
                    .anyMatch(provider ->
                            provider.id().equals("tmux") && provider.status() == ProviderInfo.Status.USABLE);
        }
    }

    private static String sameAnswer(HostProcess left, HostProcess right, String question) {
        var first = CompletableFuture.supplyAsync(() -> left.ask(question).orElseThrow());
        var second = CompletableFuture.supplyAsync(() -> right.ask(question).orElseThrow());
        assertThat(second.join()).as("answers to '%s'", question).isEqualTo(first.join());
        return first.join();
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_host_that_is_killed_blocks_no_name_and_disturbs_no_other_host() {
        try (HostProcess survivor = HostProcess.start(RemoteHost.class, project)) {
            assertThat(survivor.reply()).contains("ready");
            for (int round = 0; round < 5; round++) {
                try (HostProcess victim = HostProcess.start(RemoteHost.class, project)) {
                    assertThat(victim.reply()).contains("ready");
                    assertThat(victim.ask("open victim-" + round)).contains("ok");
                    CompletableFuture<?> busy = CompletableFuture.supplyAsync(() -> victim.ask("churn 1000"));
                    assertThat(survivor.ask("open survivor-" + round)).contains("ok");
                    victim.kill();
                    busy.join();
                }
                // It may have died with the session whole; half of one must not be left.
                assertThat(survivor.ask("open churn").orElseThrow()).isIn("ok", "session.exists");
                assertThat(survivor.ask("state churn")).contains("READY");
                assertThat(survivor.ask("remove churn")).contains("ok");
            }
            assertThat(survivor.ask("count")).contains("10");
        }
    }
}
