package io.trails.tmux.internal.line;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds replies among the lines a control client prints. Tolerates what it does not know. Single-threaded. */
final class ReplyParser {
    /** A screen with its whole history is less; a server that sends more is not one. */
    private static final long MOST_CHARACTERS = 256L << 20;

    private final Sink sink;
    private @Nullable BlockTag block;
    private @Nullable Fence fence;
    private List<String> lines = new ArrayList<>();
    private long characters;

    ReplyParser(Sink sink) {
        this.sink = sink;
    }

    /** Who waits for the replies. */
    interface Sink {
        /** Whether a reply is expected, which {@link #nextFence()} and {@link #reply} speak of. */
        boolean expectsReply();

        /** What ends the next reply, or null if its tag does. */
        @Nullable
        Fence nextFence();

        void reply(Reply reply);

        /** The server said that it is done with this client. */
        void exit();
    }

    /** @throws LineLostException if what comes cannot be understood any more */
    void line(String line) {
        if (block == null) outside(line);
        else if (!block.isReply()) foreign(block, line);
        else if (fence == null) plain(block, line);
        else fenced(block, fence, line);
    }

    private void outside(String line) {
        if (line.equals("%exit") || line.startsWith("%exit ")) sink.exit();
        BlockTag tag = BlockTag.begin(line).orElse(null);
        if (tag == null || (tag.isReply() && !sink.expectsReply())) return;
        block = tag;
        fence = tag.isReply() ? sink.nextFence() : null;
    }

    private void foreign(BlockTag tag, String line) {
        if (tag.endsWell(line) || tag.endsBadly(line)) block = null;
    }

    private void plain(BlockTag tag, String line) {
        if (tag.endsWell(line)) finish(true, lines);
        else if (tag.endsBadly(line)) finish(false, lines);
        else keep(line);
    }

    private void fenced(BlockTag tag, Fence end, String line) {
        keep(line);
        if (!end.ends(lines)) return;
        // Behind the true end there is nothing that a program could have chosen.
        for (int i = lines.size() - 4; i >= 0; i--) {
            String candidate = lines.get(i);
            boolean well = tag.endsWell(candidate);
            if (!well && !tag.endsBadly(candidate)) continue;
            finish(well, lines.subList(0, i));
            return;
        }
        throw new LineLostException("tmux did not end a reply");
    }

    private void keep(String line) {
        characters += line.length() + 1L;
        if (characters > MOST_CHARACTERS) throw new LineLostException("tmux sent a reply that does not end");
        lines.add(line);
    }

    private void finish(boolean ok, List<String> text) {
        var reply = new Reply(ok, text);
        block = null;
        fence = null;
        lines = new ArrayList<>();
        characters = 0;
        sink.reply(reply);
    }
}
