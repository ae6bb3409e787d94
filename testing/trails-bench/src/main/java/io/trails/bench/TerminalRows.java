package io.trails.bench;

import io.trails.bench.Contest.Effort;
import java.util.List;

/** What terminals over tmux cost, beside one tmux process per operation and beside what others do. */
final class TerminalRows {
    static final int MANY = 200;

    private static final String LIBTMUX = ", as libtmux does it (036c521): ";
    private static final String SQUAD = ", as claude-squad does it (434ca25): ";
    private static final String UNANSWERED =
            "it returns before tmux has seen anything, and needs an attached client per"
                    + " session; `terminal.type` returns once tmux has taken the keys.";

    private TerminalRows() {}

    static List<Contest> all() {
        return List.of(
                keys(),
                lines(),
                captures(),
                lists(),
                creations(),
                kills(),
                manyCreations(),
                runs(),
                attachments(),
                output(),
                idleMemory(),
                stuckMemory());
    }

    private static Contest keys() {
        String what = "tmux, one key";
        return new Contest(Effort.light(), "one `tmux send-keys -l`", PlainWays::key)
                .entry(what + ": `terminal.type`", Target.ratio(0.08), TrailsWays::key)
                .entry(
                        what + ": one of 50 sent together over the line inside trails-tmux",
                        Target.ratio(0.02),
                        TrailsWays::pipelinedKeys)
                .entry(what + SQUAD + "a write to an attached client", Target.none(), SquadWays::key, UNANSWERED);
    }

    private static Contest lines() {
        String what = "tmux, a line of text and the return key";
        return new Contest(Effort.light(), "one `tmux send-keys`", PlainWays::line)
                .entry(what + ": `terminal.type`", Target.none(), TrailsWays::line)
                .entry(what + LIBTMUX + "two `tmux send-keys`", Target.none(), LibtmuxWays::line)
                .entry(what + SQUAD + "two writes to an attached client", Target.none(), SquadWays::line, UNANSWERED);
    }

    private static Contest captures() {
        String what = "tmux, a full screen of 200x50";
        return new Contest(Effort.light(), "one `tmux capture-pane -p`", PlainWays::capture)
                .entry(what + ": `terminal.screen`", Target.ratio(0.18), TrailsWays::capture)
                .entry(what + LIBTMUX + "the same as the baseline", Target.none(), LibtmuxWays::capture)
                .entry(what + SQUAD + "`tmux capture-pane -p -e -J`", Target.none(), SquadWays::capture);
    }

    private static Contest lists() {
        String what = "tmux, 100 sessions listed";
        return new Contest(Effort.light(), "one `tmux list-sessions`", PlainWays::list)
                .entry(what + " over the line inside trails-tmux", Target.ratio(0.30), TrailsWays::list)
                .entry(what + LIBTMUX + "with every property", Target.none(), LibtmuxWays::list)
                .entry(what + SQUAD + "`tmux ls`", Target.none(), SquadWays::list);
    }

    private static Contest creations() {
        String what = "tmux, a session created";
        return new Contest(Effort.medium(), "one `tmux new-session -d`", PlainWays::create)
                .entry(what + ", bare, over the line inside trails-tmux", Target.ratio(0.65), TrailsWays::createBare)
                .entry(
                        what + ": a terminal by its provider, its program running, output kept",
                        Target.ratio(1.0),
                        TrailsWays::create)
                .entry(what + LIBTMUX + "`has-session`, `new-session -P`", Target.none(), LibtmuxWays::create)
                .entry(
                        what + SQUAD + "`has-session`, `new-session`, `has-session` until it is there, two"
                                + " `set-option`, a client attached",
                        Target.none(),
                        SquadWays::create);
    }

    private static Contest kills() {
        String what = "tmux, a session ended";
        return new Contest(Effort.medium(), "one `tmux kill-session`", PlainWays::kill)
                .entry(what + ", bare, over the line inside trails-tmux", Target.ratio(0.40), TrailsWays::killBare)
                .entry(
                        what + ": a terminal removed, with every process it started, wherever that went",
                        Target.none(),
                        TrailsWays::remove)
                .entry(what + LIBTMUX + "the same as the baseline", Target.none(), LibtmuxWays::kill)
                .entry(what + SQUAD + "the client closed, `kill-session`", Target.none(), SquadWays::kill);
    }

    private static Contest manyCreations() {
        String what = "tmux, 200 sessions created";
        return new Contest(Effort.heavy(31), "200 `tmux new-session -d` one after the other", PlainWays::createMany)
                .entry(
                        what + ", bare, sent together over the line inside trails-tmux",
                        Target.ratio(0.9),
                        TrailsWays::createManyBare)
                .entry(what + ": terminals, by 8 threads", Target.ratio(0.9), TrailsWays::createMany);
    }

    private static Contest runs() {
        String what = "tmux, `true` run by the session's shell, with its exit code";
        return new Contest(
                        Effort.medium(),
                        "`tmux send-keys` of the line and of Enter, `tmux wait-for`, a file with the code",
                        PlainWays::run)
                .entry(what + ": `terminal.run`", Target.ratio(0.12), TrailsWays::run)
                .entry(
                        what + LIBTMUX + "what its user writes, the same as the baseline",
                        Target.none(),
                        PlainWays::run);
    }

    private static Contest attachments() {
        return new Contest(Effort.medium(), "one `tmux list-panes -a` of 200 sessions", PlainWays::listPanes)
                .entry(
                        "tmux, 200 terminals taken up by a new provider, its connection included",
                        Target.ratio(3),
                        TrailsWays::openAnew);
    }

    private static Contest output() {
        String what = "tmux, 100 MB through a pane";
        return new Contest(Effort.heavy(9), "`cat` in a pane without a pipe, `tmux wait-for`", PlainWays::output)
                .entry(what + " into an `OutputReader`", Target.ratio(1.3), TrailsWays::output)
                .entry(what + " into an `OutputReader`, recorded", Target.ratio(1.7), TrailsWays::recordedOutput);
    }

    private static Contest idleMemory() {
        return new Contest(Effort.ofMemory(5), "200 sessions by `tmux new-session -d`", PlainWays::idleMemory)
                .entry(
                        "tmux, memory of the server per idle terminal, of 200",
                        Target.bytes(10_000),
                        TrailsWays::idleMemory);
    }

    private static Contest stuckMemory() {
        return new Contest(Effort.ofMemory(3), "a `pipe-pane` to a program that does not read", PlainWays::stuckMemory)
                .entry(
                        "tmux, memory of the server after 100 MB of output, with an `OutputReader` that is not read",
                        Target.bytes(20_000_000),
                        TrailsWays::stuckMemory);
    }
}
