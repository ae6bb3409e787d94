package io.trails.tmux.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What tmux of some version says, or might. */
class ReplyParserTest {
    private final List<Reply> replies = new ArrayList<>();
    private @Nullable Fence fence;
    private boolean expects = true;
    private final ReplyParser parser = new ReplyParser(new ReplyParser.Sink() {
        @Override
        public boolean expectsReply() {
            return expects;
        }

        @Override
        public @Nullable Fence nextFence() {
            return fence;
        }

        @Override
        public void reply(Reply reply) {
            replies.add(reply);
        }

        @Override
        public void exit() {
            throw new LineLostException("exit");
        }
    });

    private void feed(String... text) {
        for (String line : text) parser.line(line);
    }

    @Test
    void blocks_of_hooks_notifications_and_garbage_are_passed_over() {
        feed(
                "%begin 1 1 0",
                "%end 1 1 0", "%session-changed $0 k", "garbage", "", "%new-in-some-version a b", "%end 9 9 1");
        feed("%begin 1 2 1", "%output is not what it seems", "%end 1 3 1", "%end 1 2 0", "%end 1 2 1");
        feed("%begin 1 4 0", "%end 1 2 1", "%error 1 4 0", "%begin 2 5 1", "%error 2 5 1");

        assertThat(replies)
                .containsExactly(
                        new Reply(true, List.of("%output is not what it seems", "%end 1 3 1", "%end 1 2 0")),
                        new Reply(false, List.of()));
    }

    @Test
    void a_reply_that_nobody_expects_is_passed_over() {
        expects = false;
        feed("%begin 1 2 1", "%end 1 2 1");

        assertThat(replies).isEmpty();
    }

    @Test
    void a_fenced_reply_ends_at_the_last_tag_before_the_secret() {
        fence = new Fence("secret");
        feed("%begin 1 2 1", "a", "%end 1 2 1", "%begin 1 3 1", "guess", "%end 1 3 1", "%exit", "b", "%end 1 2 1");
        feed("%sessions-changed", "%begin 1 3 1", "secret", "%end 1 3 1");

        assertThat(replies)
                .containsExactly(new Reply(
                        true, List.of("a", "%end 1 2 1", "%begin 1 3 1", "guess", "%end 1 3 1", "%exit", "b")));
    }

    @Test
    void a_fence_without_an_end_before_it_breaks_the_line() {
        fence = new Fence("secret");
        feed("%begin 1 2 1", "%begin 1 3 1", "secret");

        assertThatThrownBy(() -> feed("%end 1 3 1")).isInstanceOf(LineLostException.class);
    }

    @Test
    void lines_are_cut_at_line_feeds_only_and_decoded_whatever_they_hold() {
        var lines = new ArrayList<String>();
        var cutter = new Lines(lines::add);
        byte[] bytes = "a\r\u2028b\n\u00e9\n\nrest".getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) cutter.feed(new byte[] {b}, 1);
        cutter.feed(new byte[] {(byte) 0xff, '\n', 'x'}, 3);

        assertThat(lines).containsExactly("a\r\u2028b", "\u00e9", "", "rest\ufffd");
    }
}
