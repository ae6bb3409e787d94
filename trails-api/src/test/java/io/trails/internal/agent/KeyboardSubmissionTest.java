package io.trails.internal.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trails.Activity.State;
import io.trails.DeliveryFailedException;
import io.trails.TrailsException;
import io.trails.internal.terminal.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyboardSubmissionTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path root;

    @BeforeAll
    static void needTmux() {
        boolean installed = TmuxScreen.installed();
        assumeTrue(installed || Boolean.getBoolean("trails.test.requireTools"), "tmux is not installed");
        assertThat(installed).as("tmux is installed").isTrue();
    }

    private static ScriptedAgent agent(TmuxScreen screen) {
        return new ScriptedAgent(i -> screen, Clock.systemUTC());
    }

    private String chat() {
        return "cd '" + root + "'; sleep 0.5; while printf '> '; read -r line; do printf '%s\\n' \"$line\" >>taken;"
                + " echo thinking; sleep 0.5; printf '\\033[2J\\033[Hdone\\n'; done";
    }

    private String taken() throws Exception {
        return Files.exists(root.resolve("taken")) ? Files.readString(root.resolve("taken")) : "";
    }

    @Test
    void a_text_waits_for_the_first_prompt_is_pasted_and_sent() throws Exception {
        try (var screen = new TmuxScreen(root, chat())) {
            var scripted = agent(screen);

            scripted.agent.submit("say 'hello' $HOME");

            assertThat(scripted.log).containsExactly("17 true");
            Await.until(() -> taken().equals("say 'hello' $HOME\n"), () -> taken());
            assertThat(scripted.agent
                            .await(now -> now.state() == State.IDLE, SOON)
                            .evidence())
                    .isEqualTo(">");
            scripted.agent.submit("again");
            Await.until(() -> taken().endsWith("again\n"), () -> taken());
        }
    }

    @Test
    void an_unsent_draft_is_not_written_over() throws Exception {
        try (var screen = new TmuxScreen(root, chat())) {
            var scripted = agent(screen);
            screen.await(now -> now.contains(">"), SOON);
            screen.type("half a thought");
            screen.await(now -> now.contains("half a thought"), SOON);

            assertThatThrownBy(() -> scripted.agent.submit("secret-text"))
                    .isInstanceOf(DeliveryFailedException.class)
                    .hasMessageContaining("unsent")
                    .hasMessageNotContaining("secret-text")
                    .hasMessageNotContaining("half a thought");

            assertThat(taken()).isEmpty();
            assertThat(screen.screen().contains("secret-text")).isFalse();
        }
    }

    @Test
    void a_program_that_shows_nothing_and_takes_nothing_has_not_taken_the_text() {
        try (var screen = new TmuxScreen(root, "stty raw -echo; printf '> '; exec sleep 60")) {
            var scripted = ScriptedAgent.impatient(screen);
            screen.await(now -> now.contains(">"), SOON);

            assertThatThrownBy(() -> scripted.agent.submit("text")).isInstanceOf(DeliveryFailedException.class);

            assertThat(scripted.log).containsExactly("4 false");
        }
    }

    @Test
    void a_return_key_that_was_swallowed_is_pressed_again() throws Exception {
        String swallowing =
                "cd '" + root + "'; stty raw -echo; printf '> '; dd bs=1 count=4 2>/dev/null; printf 'text';"
                        + " dd bs=1 count=1 of=/dev/null 2>/dev/null; dd bs=1 count=1 of=/dev/null 2>/dev/null;"
                        + " printf '\\033[2J\\033[Hthinking'; echo sent >taken; exec sleep 60";
        try (var screen = new TmuxScreen(root, swallowing)) {
            var scripted = ScriptedAgent.usual(screen);
            screen.await(now -> now.contains(">"), SOON);

            scripted.agent.submit("text");

            Await.until(() -> taken().equals("sent\n"), () -> taken());
            assertThat(scripted.log).containsExactly("4 true");
        }
    }

    @Test
    void a_program_that_ended_takes_nothing() {
        try (var screen = new TmuxScreen(root, "echo '> '; read -r line; exit 3")) {
            var scripted = agent(screen);
            screen.await(now -> now.contains(">"), SOON);
            screen.type("\n");
            scripted.agent.await(now -> now.state() == State.EXITED, SOON);

            assertThatThrownBy(() -> scripted.agent.submit("text"))
                    .isInstanceOfSatisfying(
                            TrailsException.class, e -> assertThat(e.code()).isEqualTo("terminal.ended"));
        }
    }

    @Test
    void a_question_is_not_answered_by_a_text() throws Exception {
        try (var screen =
                new TmuxScreen(root, "cd '" + root + "'; printf 'Delete? (y/n) '; read -r x; echo \"$x\" >taken")) {
            var scripted = agent(screen);
            screen.await(now -> now.contains("(y/n)"), SOON);

            assertThatThrownBy(() -> scripted.agent.submit("yes"))
                    .isInstanceOf(DeliveryFailedException.class)
                    .hasMessageContaining("asks for a decision");

            assertThat(taken()).isEmpty();
            assertThat(screen.screen().contains("yes")).isFalse();
        }
    }

    @Test
    void the_return_key_is_not_pressed_again_once_the_text_has_left_the_prompt() throws Exception {
        // Takes the text at the first key, shows nothing of its work, and writes down whatever is pressed after.
        String quiet = "cd '" + root + "'; stty raw -echo; printf '> '; dd bs=1 count=4 2>/dev/null;"
                + " dd bs=1 count=1 of=/dev/null 2>/dev/null; printf '\\r\\033[K> '; exec cat >taken";
        try (var screen = new TmuxScreen(root, quiet)) {
            var scripted = agent(screen);
            screen.await(now -> now.contains(">"), SOON);

            scripted.agent.submit("text");

            screen.type("!");
            Await.until(() -> taken().equals("!"), () -> taken());
        }
    }
}
