package io.trails.tmux.internal.recording;

import java.util.BitSet;

/** Takes secrets out of a text that comes in pieces. Holds back what may be the beginning of one. Single-threaded. */
final class RedactedText {
    private final Redaction.Node root;
    private final StringBuilder held = new StringBuilder();
    private final BitSet secret = new BitSet();
    private Redaction.Node at;
    private boolean inside;

    RedactedText(Redaction redaction) {
        root = redaction.root();
        at = root;
    }

    /** What can be shown by now. */
    String next(String text) {
        var shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            at = at.after(c);
            if (at == root && held.isEmpty()) {
                inside = false;
                shown.append(c);
                continue;
            }
            held.append(c);
            secret.set(held.length() - at.longestSecret(), held.length());
            at = at.expecting();
            release(held.length() - at.depth(), shown);
        }
        return shown.toString();
    }

    /** What was held back at the end. */
    String end() {
        var shown = new StringBuilder();
        release(held.length(), shown);
        at = root;
        inside = false;
        return shown.toString();
    }

    private void release(int count, StringBuilder shown) {
        if (count == 0) return;
        for (int i = 0; i < count; i++) {
            if (!secret.get(i)) shown.append(held.charAt(i));
            else if (!inside) shown.append(Redaction.INSTEAD);
            inside = secret.get(i);
        }
        held.delete(0, count);
        BitSet rest = secret.get(count, count + held.length());
        secret.clear();
        secret.or(rest);
    }
}
