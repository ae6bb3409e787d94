package io.trails.tmux.internal.terminal;

import io.trails.tmux.internal.output.OutputLog;
import io.trails.tmux.internal.output.Piece;
import java.util.Arrays;
import java.util.OptionalLong;

/** Looks for a mark in a log that grows, wherever it is cut into pieces. Single-threaded. */
final class MarkSearch {
    private static final int CHUNK = 64 * 1024;

    private final OutputLog log;
    private final byte[] mark;
    private long position;
    private byte[] overlap = {};

    MarkSearch(OutputLog log, long from, byte[] mark) {
        this.log = log;
        this.position = from;
        this.mark = mark.clone();
    }

    /** Where it begins, once it is there. */
    OptionalLong find() {
        for (Piece piece = log.read(position, CHUNK); !piece.isEmpty(); piece = log.read(position, CHUNK)) {
            // What is not kept any more does not join what comes after it.
            if (piece.position() != position) overlap = new byte[0];
            byte[] bytes = Arrays.copyOf(overlap, overlap.length + piece.bytes().length);
            System.arraycopy(piece.bytes(), 0, bytes, overlap.length, piece.bytes().length);
            position = piece.end();
            int at = indexOf(bytes);
            if (at >= 0) return OptionalLong.of(position - bytes.length + at);
            overlap = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - mark.length + 1), bytes.length);
        }
        return OptionalLong.empty();
    }

    private int indexOf(byte[] bytes) {
        for (int i = 0; i <= bytes.length - mark.length; i++) {
            if (bytes[i] == mark[0] && Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) return i;
        }
        return -1;
    }
}
