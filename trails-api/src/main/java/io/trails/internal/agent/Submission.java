package io.trails.internal.agent;

import io.trails.AgentProfile;
import io.trails.DeliveryFailedException;
import io.trails.Key;
import io.trails.Screen;
import io.trails.StyledScreen;
import io.trails.Terminal;
import io.trails.TerminalCapability;
import io.trails.TrailsException;
import io.trails.internal.terminal.InputGauge;
import io.trails.internal.terminal.Patience;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** One text on its way to an agent. Says nothing about the text in any message. */
final class Submission {
    /** How long an agent that was just launched may take to show its prompt. */
    private static final Duration LAUNCH = Duration.ofSeconds(30);
    /** How long an agent may take to read or show what it was given, as a rule. */
    static final Duration NOTICE = Duration.ofSeconds(5);
    /** In which part of that the last words of a text may appear before any change will do. */
    private static final int LAST_WORDS = 5;
    /** How long the screen must stand still before it counts as drawn. */
    private static final Duration DRAWN = Duration.ofMillis(120);
    /** How long a program may take to draw again what it has cleared. */
    private static final Duration REDRAW = Duration.ofMillis(40);
    /** How long a program must survive a text whose reading nobody can see. */
    private static final Duration SURVIVE = Duration.ofMillis(200);

    private static final int ENTERS = 3;
    private static final int TAIL = 30;

    private final AgentProfile profile;
    private final PromptRegion region;
    private final Terminal terminal;
    private final String text;
    private final Duration notice;

    /** @param notice how long the agent may take to read or show the text */
    Submission(AgentProfile profile, PromptRegion region, Terminal terminal, String text, Duration notice) {
        this.profile = profile;
        this.region = region;
        this.terminal = terminal;
        this.text = text;
        this.notice = notice;
    }

    void deliver() {
        var abilities = terminal.capabilities();
        if (abilities.contains(TerminalCapability.TTY) && abilities.contains(TerminalCapability.KEYS)) {
            throughKeyboard();
        } else {
            throughPipe();
        }
    }

    /**
     * Without a terminal device a line feed sends each line. The proof is that the program has read it all from its input.
     * Where nobody can see that, it is taken once the input of a living program has accepted it.
     */
    private void throughPipe() {
        Optional<InputGauge.Reading> gauge =
                terminal instanceof InputGauge able ? able.gauge() : Optional.<InputGauge.Reading>empty();
        if (gauge.isEmpty()) {
            type();
            survive();
            return;
        }
        try (InputGauge.Reading input = gauge.get()) {
            type();
            awaitRead(input);
        }
    }

    private void type() {
        terminal.type(text.endsWith("\n") ? text : text + "\n");
    }

    private void awaitRead(InputGauge.Reading input) {
        Patience patience = Patience.of(notice);
        while (true) {
            // In this order: what an ended program has not read by now it never will.
            OptionalInt code = terminal.exitCode();
            long left = input.unread();
            if (left == 0) return;
            if (code.isPresent()) {
                throw new TrailsException(
                        "terminal.ended",
                        "Agent '" + profile.name() + "' ended with exit code " + code.getAsInt() + " and left " + left
                                + " bytes unread; resume it and submit again");
            }
            if (patience.over()) {
                throw new DeliveryFailedException("Agent '" + profile.name() + "' has not read its input for "
                        + notice.toSeconds() + " s: " + left
                        + " bytes wait there and will be read when it reads again. Wait until it is idle");
            }
            patience.pause("waiting for agent '" + profile.name() + "' to read");
        }
    }

    private void survive() {
        if (within(screen -> false, SURVIVE)) {
            throw new IllegalStateException("A condition that is never true was");
        }
    }

    private void throughKeyboard() {
        awaitPrompt();
        Look empty = look();
        if (asks(empty)) {
            throw new DeliveryFailedException("Agent '" + profile.name()
                    + "' asks for a decision, and a text would answer it; nothing was typed. Answer it in the terminal, then"
                    + " submit again");
        }
        if (holdsDraft(empty)) {
            throw new DeliveryFailedException("Agent '" + profile.name()
                    + "' has an unsent text at its prompt, and nothing was typed over it; send it or clear it");
        }
        if (!text.isEmpty()) {
            terminal.paste(text);
            if (!appears(empty.screen())) {
                throw new DeliveryFailedException(
                        "Agent '" + profile.name() + "' shows nothing of what was pasted within " + notice.toSeconds()
                                + " s; it may be in its prompt, unsent");
            }
        }
        send();
    }

    /**
     * Presses the return key until the text has left the prompt, and never after that: the next one would send an empty
     * text, or answer a question.
     */
    private void send() {
        drawn();
        Look drawn = look();
        boolean draft = holdsDraft(drawn);
        for (int i = 0; i < ENTERS; i++) {
            Look now = look();
            if (i > 0 && taken(now, drawn, draft)) return;
            if (asks(now) && !quotesQuestion(now)) {
                throw new DeliveryFailedException("Agent '" + profile.name()
                        + "' began to ask for a decision while it was given a text; the return key was not pressed"
                        + (i == 0 ? "" : " again") + ", and the text may be in its prompt, unsent");
            }
            terminal.press(Key.ENTER);
            if (awaitTaken(drawn, draft)) return;
        }
        throw new DeliveryFailedException("Agent '" + profile.name() + "' does not react to the return key, pressed "
                + ENTERS + " times; the text is in its prompt, unsent");
    }

    /** Its last words where they can be told from what was there; else, as programs show long texts as a mark, any change. */
    private boolean appears(Screen before) {
        String tail = tail();
        if (!tail.isEmpty()
                && !before.contains(tail)
                && within(screen -> screen.contains(tail), notice.dividedBy(LAST_WORDS))) return true;
        return within(screen -> !screen.equals(before), notice);
    }

    private boolean awaitTaken(Look drawn, boolean draft) {
        Patience patience = Patience.of(notice.dividedBy(ENTERS));
        while (true) {
            Look now = look();
            if (taken(now, drawn, draft) && staysTaken(drawn, draft)) return true;
            if (patience.over() || !within(screen -> !screen.equals(now.screen()), patience.left())) return false;
        }
    }

    /** What a program clears to draw it again is gone for a moment only. */
    private boolean staysTaken(Look drawn, boolean draft) {
        try {
            return !within(screen -> false, REDRAW) && taken(look(), drawn, draft);
        } catch (TrailsException e) {
            // The text may have told it to end.
            if (e.code().equals("terminal.ended")) return true;
            throw e;
        }
    }

    private boolean taken(Look now, Look drawn, boolean draft) {
        if (reads(now, PromptRegion.Kind.BUSY) && !reads(drawn, PromptRegion.Kind.BUSY)) return true;
        if (now.screen().text().isBlank() || holdsDraft(now)) return false;
        // A prompt whose text nobody could tell has to show some change.
        return draft || !now.screen().equals(drawn.screen());
    }

    private boolean asks(Look look) {
        return reads(look, PromptRegion.Kind.QUESTION);
    }

    /** Whether what looks like a question is a line of the text itself. */
    private boolean quotesQuestion(Look look) {
        String line =
                region.read(look.screen(), true).map(PromptRegion.Sign::line).orElse("");
        return text.lines().map(String::strip).anyMatch(each -> !each.isEmpty() && line.contains(each));
    }

    private boolean reads(Look look, PromptRegion.Kind kind) {
        return region.read(look.screen(), true)
                .filter(sign -> sign.kind() == kind)
                .isPresent();
    }

    private boolean holdsDraft(Look look) {
        return Draft.isIn(region, look.screen(), look.styled());
    }

    private Look look() {
        if (!terminal.capabilities().contains(TerminalCapability.STYLES)) {
            return new Look(terminal.screen(), Optional.empty());
        }
        StyledScreen styled = terminal.styledScreen();
        return new Look(styled.screen(), Optional.of(styled));
    }

    private record Look(Screen screen, Optional<StyledScreen> styled) {}

    /** An agent that has not shown anything yet would lose what is typed. */
    private void awaitPrompt() {
        if (profile.prompts().isEmpty() || !terminal.screen().text().isBlank()) return;
        if (!within(screen -> region.read(screen, true).isPresent(), LAUNCH)) {
            throw new DeliveryFailedException("Agent '" + profile.name() + "' showed no prompt within "
                    + LAUNCH.toSeconds() + " s of its launch; nothing was typed");
        }
    }

    /** The screen once it stands still; a return key amid a paste would be taken for a part of it. */
    private void drawn() {
        Patience patience = Patience.of(notice);
        Screen screen = terminal.screen();
        while (!patience.over()) {
            Screen before = screen;
            if (!within(now -> !now.equals(before), DRAWN)) return;
            screen = terminal.screen();
        }
    }

    private boolean within(Predicate<Screen> condition, Duration time) {
        try {
            terminal.await(condition, time);
            return true;
        } catch (TrailsException e) {
            if (!e.code().equals("terminal.timeout")) throw e;
            return false;
        }
    }

    private String tail() {
        String[] lines = text.strip().split("\n", -1);
        String line = lines[lines.length - 1].strip();
        return line.substring(Math.max(0, line.length() - TAIL));
    }
}
