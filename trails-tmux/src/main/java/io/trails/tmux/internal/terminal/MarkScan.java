package io.trails.tmux.internal.terminal;

import io.trails.Output;
import io.trails.tmux.internal.output.TerminalText;
import java.util.Arrays;

/**
 * Keeps what stands between two marks in a stream: its first and its last part if it is long, as plain text. Each mark is
 * found wherever the stream is cut into pieces. Single-threaded.
 */
final class MarkScan {
    private final byte[] begin;
    private final byte[] end;
    private final TailBuffer text;
    private final TerminalText filter;
    private byte[] pending = {};
    private boolean begun;
    private boolean ended;

    MarkScan(byte[] begin, byte[] end, int most) {
        this.begin = begin.clone();
        this.end = end.clone();
        this.text = new TailBuffer(most);
        this.filter = new TerminalText();
    }

    boolean ended() {
        return ended;
    }

    void feed(byte[] bytes) {
        byte[] all = Arrays.copyOf(pending, pending.length + bytes.length);
        System.arraycopy(bytes, 0, all, pending.length, bytes.length);
        int from = 0;
        if (!begun) {
            int at = indexOf(all, begin, 0);
            if (at < 0) {
                pending = tail(all, 0, begin.length - 1);
                return;
            }
            begun = true;
            from = at + begin.length;
        }
        int at = indexOf(all, end, from);
        if (at >= 0) {
            keep(all, from, at);
            ended = true;
            pending = new byte[0];
            return;
        }
        pending = tail(all, from, end.length - 1);
        keep(all, from, all.length - pending.length);
    }

    private void keep(byte[] bytes, int from, int to) {
        if (to > from) text.append(filter.feed(Arrays.copyOfRange(bytes, from, to)));
    }

    private static byte[] tail(byte[] bytes, int from, int most) {
        return Arrays.copyOfRange(bytes, Math.max(from, bytes.length - most), bytes.length);
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int i = from; i <= bytes.length - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) return i;
        }
        return -1;
    }

    /** What was kept so far. */
    Output output() {
        return text.output();
    }
}
