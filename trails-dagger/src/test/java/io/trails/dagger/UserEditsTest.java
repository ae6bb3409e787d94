package io.trails.dagger;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.BroughtBack;
import io.trails.Checkpoint;
import io.trails.Command;
import io.trails.Execution;
import io.trails.RemovalPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Users edit files while sessions change them, and neither may lose its work. */
class UserEditsTest extends SessionBench {
    private static final String OWN_WORDS = "the user's own words";

    @Test
    void what_a_user_edited_after_a_checkpoint_is_not_overwritten_by_what_a_restore_brought() throws IOException {
        Session session = session("restored", request -> request.bringsBack(false));
        session.sh("echo sessions > README.md; echo new > new");
        var checkpoint = new Checkpoint("c1", "restored", "one", Instant.EPOCH);
        session.copy().checkpoint(checkpoint);
        session.sh("rm README.md new; echo later > later");
        Files.writeString(files.resolve("README.md"), OWN_WORDS);
        session.copy().restore(checkpoint);
        assertThat(session.sh("cat README.md new; ls")).isEqualTo("sessions\nnew\nREADME.md\nnew");
        BroughtBack back = session.copy().bringBackAll();
        assertThat(back.conflicts()).hasSize(1);
        assertThat(files.resolve("README.md")).hasContent(OWN_WORDS);
        assertThat(files.resolve("new")).doesNotExist();
        provider.remove(session.plan(), RemovalPolicy.safe().endingProcesses().forgetting());
    }

    @Test
    void what_another_host_left_pending_is_seen_and_not_replaced() throws IOException {
        Session session = session("shared", request -> request.bringsBack(false));
        session.sh("echo one > file");
        Session other = opened(session);
        assertThat(other.sh("cat file; echo two > file; echo new > new; rm README.md; cat file"))
                .isEqualTo("one\ntwo");
        assertThat(session.sh("cat file new; ls; echo three > third")).isEqualTo("two\nnew\nfile\nnew");
        assertThat(session.copy().bringBackAll().conflicts()).isEmpty();
        assertThat(files.resolve("file")).hasContent("two");
        assertThat(files.resolve("new")).hasContent("new");
        assertThat(files.resolve("third")).hasContent("three");
        assertThat(files.resolve("README.md")).doesNotExist();
        assertThat(session.sh("cat file")).isEqualTo("two");
    }

    @Test
    void what_a_live_program_wrote_is_not_overwritten_by_what_a_user_edits() throws IOException {
        Session session = session("live");
        Command command = Command.of("sh", "-c", "echo programs > README.md; echo written; sleep 300");
        try (Execution program = session.sandbox().start(command);
                var said = new BufferedReader(new InputStreamReader(program.stdout(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("written");
            Files.writeString(files.resolve("README.md"), OWN_WORDS);
            assertThat(session.sh("cat README.md")).isEqualTo("programs");
            assertThat(files.resolve("README.md")).hasContent(OWN_WORDS);
            assertThat(session.copy().bringBack().conflicts()).hasSize(1);
        }
    }
}
