package io.trails.tmux.internal.input;

import io.trails.Key;
import io.trails.Key.Modifier;
import io.trails.tmux.internal.line.TmuxCommand;
import io.trails.tmux.internal.server.TmuxVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys pressed one after the other. What a key sends is what it sends in xterm without any key protocol turned on; keys
 * whose bytes depend on a mode of the program are left to tmux, which knows the mode.
 */
public final class Keys {
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("Insert", "IC"),
            Map.entry("Delete", "DC"),
            Map.entry("Up", "Up"),
            Map.entry("Down", "Down"),
            Map.entry("Left", "Left"),
            Map.entry("Right", "Right"),
            Map.entry("Home", "Home"),
            Map.entry("End", "End"),
            Map.entry("PageUp", "PPage"),
            Map.entry("PageDown", "NPage"),
            Map.entry("F1", "F1"),
            Map.entry("F2", "F2"),
            Map.entry("F3", "F3"),
            Map.entry("F4", "F4"),
            Map.entry("F5", "F5"),
            Map.entry("F6", "F6"),
            Map.entry("F7", "F7"),
            Map.entry("F8", "F8"),
            Map.entry("F9", "F9"),
            Map.entry("F10", "F10"),
            Map.entry("F11", "F11"),
            Map.entry("F12", "F12"));

    private Keys() {}

    /**
     * What presses the keys in a pane.
     *
     * @param pane its id, such as {@code %3}
     * @return to be sent one right after the other, and to the last; none for no keys
     * @throws io.trails.TrailsException {@code terminal.unsupported} if a terminal has nothing to send for one of them
     */
    public static List<TmuxCommand> commands(String pane, List<Key> keys, TmuxVersion version) {
        var presses = new ArrayList<TmuxCommand>();
        var pending = new StringBuilder();
        for (Key key : keys) {
            Optional<String> name = tmuxName(key);
            if (name.isEmpty()) {
                pending.append(KeyText.of(key));
                continue;
            }
            flush(pane, pending, version, presses);
            presses.add(TmuxCommand.of("send-keys", "-t", pane, "--", name.get()));
        }
        flush(pane, pending, version, presses);
        if (presses.isEmpty()) return List.of();
        var commands = new ArrayList<>(LiveView.commands(pane, version));
        commands.addAll(presses);
        return commands;
    }

    private static Optional<String> tmuxName(Key key) {
        if (key.equals(Key.TAB.shift())) return Optional.of("BTab");
        String name = NAMED.get(key.name());
        if (name == null) return Optional.empty();
        var text = new StringBuilder();
        if (key.modifiers().contains(Modifier.CTRL)) text.append("C-");
        if (key.modifiers().contains(Modifier.ALT)) text.append("M-");
        if (key.modifiers().contains(Modifier.SHIFT)) text.append("S-");
        return Optional.of(text.append(name).toString());
    }

    private static void flush(String pane, StringBuilder pending, TmuxVersion version, List<TmuxCommand> to) {
        if (pending.isEmpty()) return;
        if (Typing.hasBytes(version)) {
            to.add(Typing.bytes(pane, pending.toString().getBytes(StandardCharsets.UTF_8)));
        } else {
            pending.codePoints()
                    .forEach(c -> to.add(TmuxCommand.of("send-keys", "-t", pane, "--", "0x" + Integer.toHexString(c))));
        }
        pending.setLength(0);
    }
}
