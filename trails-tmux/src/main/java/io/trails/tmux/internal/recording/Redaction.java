package io.trails.tmux.internal.recording;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Secrets and how to keep them out of a recording: each becomes {@code ***}, also where it comes in pieces, where several
 * overlap (they become one), and where a terminal made other line ends of its own. Immutable and thread-safe.
 */
public final class Redaction {
    static final String INSTEAD = "***";

    /** A beginning of secrets. */
    static final class Node {
        private final Map<Character, Node> next = new HashMap<>();
        private final int depth;
        private Optional<Node> shorter = Optional.empty();
        private int longestSecret;

        private Node(int depth) {
            this.depth = depth;
        }

        /** How many characters it has. */
        int depth() {
            return depth;
        }

        /** The length of the longest secret it ends with; 0 for none. */
        int longestSecret() {
            return longestSecret;
        }

        /** The longest beginning that what follows can go on with: none goes on after a whole secret that begins no other. */
        Node expecting() {
            return next.isEmpty() ? shorter.orElse(this) : this;
        }

        /** The longest beginning that a character leads to, when what came before may be dropped. */
        Node after(char c) {
            Node node = this;
            while (true) {
                Node found = node.next.get(c);
                if (found != null) return found;
                if (node.shorter.isEmpty()) return node;
                node = node.shorter.get();
            }
        }
    }

    private final Node root = new Node(0);

    /** For secrets, of which empty ones do not count. */
    public Redaction(Collection<String> secrets) {
        for (String secret : written(secrets)) add(secret);
        link();
    }

    /** A tape without the secrets in its output, input, markers, title, command and variables. */
    public static Tape of(Tape tape, Collection<String> secrets) {
        var redaction = new Redaction(secrets);
        return redaction.empty() ? tape : new RedactedTape(tape, redaction);
    }

    /** A whole text without the secrets. */
    public String apply(String text) {
        var pieces = new RedactedText(this);
        return pieces.next(text) + pieces.end();
    }

    boolean empty() {
        return root.next.isEmpty();
    }

    Node root() {
        return root;
    }

    /** A terminal prints a line feed as two characters, and what is typed has the other one; a command is quoted. */
    private static Set<String> written(Collection<String> secrets) {
        var written = new LinkedHashSet<String>();
        for (String secret : secrets) {
            String lines = secret.replace("\r\n", "\n");
            written.add(secret);
            written.add(lines);
            written.add(lines.replace("\n", "\r\n"));
            written.add(lines.replace("\n", "\r"));
            written.add(CastHeader.quoted(secret));
        }
        written.remove("");
        return written;
    }

    private void add(String secret) {
        Node node = root;
        for (int i = 0; i < secret.length(); i++) {
            int depth = i + 1;
            node = node.next.computeIfAbsent(secret.charAt(i), c -> new Node(depth));
        }
        node.longestSecret = secret.length();
    }

    private void link() {
        var waiting = new ArrayDeque<Node>();
        waiting.add(root);
        while (!waiting.isEmpty()) {
            Node node = waiting.remove();
            node.next.forEach((c, child) -> {
                Node shorter = node.shorter.map(other -> other.after(c)).orElse(root);
                child.shorter = Optional.of(shorter);
                child.longestSecret = Math.max(child.longestSecret, shorter.longestSecret);
                waiting.add(child);
            });
        }
    }
}
