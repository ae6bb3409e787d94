package io.trails.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.SessionState;
import io.trails.Trails;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TwoHostsTest {
    private static final int NAMES = 40;

    @TempDir
    Path project;

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
