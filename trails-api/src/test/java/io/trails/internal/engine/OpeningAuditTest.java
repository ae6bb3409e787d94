package io.trails.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.trails.AuditRecord;
import io.trails.Mode;
import io.trails.SecurityPolicy;
import io.trails.SessionSpec;
import io.trails.Settings;
import io.trails.Trails;
import io.trails.TrailsException;
import io.trails.internal.state.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningAuditTest {
    @TempDir
    Path folder;

    private Trails trails;

    @BeforeEach
    void start() throws IOException {
        trails = Trails.builder(Files.createDirectory(folder.resolve("project")))
                .settings(Settings.builder().modePreference("aider", "direct").build())
                .policy(SecurityPolicy.builder().trust("aider").build())
                .build();
    }

    @AfterEach
    void end() {
        trails.close();
    }

    private static SessionSpec.Builder direct(String name) {
        return SessionSpec.named(name).mode(Mode.DIRECT);
    }

    private AuditRecord refusal(SessionSpec spec) {
        TrailsException refused = catchThrowableOfType(TrailsException.class, () -> trails.open(spec));
        AuditRecord record = trails.audit().newest(1).get(0);
        assertThat(record.type()).isEqualTo("session.not-opened");
        assertThat(record.details()).containsExactly(entry("code", refused.code()));
        return record;
    }

    @Test
    void the_record_of_a_mode_says_who_decided() {
        trails.open(direct("one").agent("claude").force().build());
        trails.open(SessionSpec.named("two").agent("aider").build());

        List<AuditRecord> selected = trails.audit().newest(10).stream()
                .filter(record -> record.type().equals("mode.selected"))
                .toList();
        assertThat(selected.get(0).details())
                .contains(
                        entry("decided_by", "the session"),
                        entry("wanted", "direct"),
                        entry("forced", "true"),
                        entry("trusted", "false"));
        assertThat(selected.get(1).details())
                .contains(
                        entry("decided_by", "mode_preferences for 'aider' in the host's code"),
                        entry("forced", "false"),
                        entry("trusted", "true"));
    }

    @Test
    void a_secret_of_the_sessions_own_environment_stays_out() {
        trails.open(direct("for hunter2hunter2")
                .environment(Map.of("DB_PWD", "hunter2hunter2"))
                .build());
        assertThat(trails.audit().newest(10))
                .isNotEmpty()
                .extracting(record -> record.session().orElseThrow())
                .containsOnly("for [redacted]");
    }

    @Test
    void a_name_that_is_taken_leaves_a_record() {
        trails.open(direct("work").build());
        assertThat(refusal(direct("work").build()).details()).containsEntry("code", "session.exists");
    }

    @Test
    void an_agent_that_nobody_knows_leaves_a_record() {
        assertThat(refusal(direct("work").agent("clod").build()).session()).contains("work");
    }

    @Test
    void an_id_that_is_taken_leaves_a_record() {
        trails.open(direct("two words").build());
        AuditRecord record = refusal(direct(SessionId.of("two words")).build());
        assertThat(record.details()).containsEntry("code", "session.id-taken");
    }

    @Test
    void a_name_that_can_be_none_leaves_a_short_record() {
        AuditRecord record = refusal(direct("x".repeat(10_000)).build());
        assertThat(record.session().orElseThrow()).hasSizeLessThan(300);
    }
}
