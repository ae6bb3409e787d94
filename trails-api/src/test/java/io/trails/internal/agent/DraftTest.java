package io.trails.internal.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Activity.State;
import io.trails.AgentProfile;
import io.trails.Screen;
import io.trails.StyledScreen;
import io.trails.StyledScreen.Run;
import io.trails.TextStyle;
import io.trails.TextStyle.Attribute;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DraftTest {
    private static final TextStyle DIM = style(Attribute.DIM);
    private static final TextStyle REVERSE = style(Attribute.REVERSE);

    private final PromptRegion region = new PromptRegion(ScriptedAgent.profile().build());

    private static TextStyle style(Attribute attribute) {
        return new TextStyle(Optional.empty(), Optional.empty(), Set.of(attribute));
    }

    private static Screen screen(int row, int column, String... lines) {
        return new Screen(List.of(lines), 40, lines.length, Optional.of(new Screen.Cursor(row, column)), false);
    }

    private boolean plain(Screen screen) {
        return Draft.isIn(region, screen, Optional.empty());
    }

    private boolean styled(int column, Run... runs) {
        var text = new StringBuilder();
        for (Run run : runs) text.append(run.text());
        Screen screen = screen(0, column, text.toString());
        return Draft.isIn(region, screen, Optional.of(new StyledScreen(screen, List.of(List.of(runs)))));
    }

    @Test
    void looks_tell_a_hint_from_a_text_on_either_side_of_the_cursor() {
        var mark = new Run("> ", TextStyle.PLAIN);
        assertThat(styled(2, mark, new Run("try this", DIM))).isFalse();
        assertThat(styled(10, mark, new Run("try this", DIM))).isFalse();
        assertThat(styled(2, mark, new Run("t", REVERSE), new Run("ry this", DIM)))
                .isFalse();
        assertThat(styled(10, mark, new Run("try this", TextStyle.PLAIN))).isTrue();
        assertThat(styled(2, mark, new Run("went back", TextStyle.PLAIN))).isTrue();
    }

    @Test
    void a_prompt_whose_pattern_ends_with_its_line_hides_no_text() {
        var ending = new PromptRegion(
                AgentProfile.named("demo", "demo").prompt("^demo> ?$").build());
        assertThat(Draft.isIn(ending, screen(0, 6, "demo>"), Optional.empty())).isFalse();
        assertThat(Draft.isIn(ending, screen(0, 16, "demo> mine so far"), Optional.empty()))
                .isTrue();
    }

    @Test
    void wide_characters_before_a_hint_are_a_text() {
        assertThat(plain(screen(0, 6, "> \u4f60\u597d hint"))).isTrue();
        assertThat(plain(screen(0, 2, "> \u4f60\u597d hint"))).isFalse();
    }

    @Test
    void a_text_of_several_lines_is_found_from_its_last() {
        assertThat(plain(screen(1, 0, "> first", "second"))).isTrue();
        assertThat(plain(screen(1, 3, "> ", "  x"))).isTrue();
        assertThat(plain(screen(2, 0, "> sent", "answer", ""))).isFalse();
    }

    @Test
    void a_clock_beside_an_idle_prompt_is_not_work_but_text_is() {
        var terminal = new ShownTerminal(screen(0, 2, "> ", "10:00:01 \u280b"));
        var nanos = new AtomicLong();
        var profile = ScriptedAgent.profile().build();
        var watch = new ActivityWatch(profile, region, Clock.systemUTC(), nanos::get);
        var seen = new ArrayList<State>();
        for (int i = 0; i < 5; i++) {
            terminal.screen = screen(0, 2, "> ", "10:00:0" + i + " " + (char) (0x280b + i));
            watch.look(terminal);
            nanos.addAndGet(profile.quiet().toNanos());
            seen.add(watch.look(terminal).state());
            nanos.addAndGet(-1);
        }
        assertThat(seen).containsOnly(State.IDLE);
        terminal.screen = screen(0, 2, "> ", "new text");
        assertThat(watch.look(terminal).state()).isEqualTo(State.WORKING);
    }
}
