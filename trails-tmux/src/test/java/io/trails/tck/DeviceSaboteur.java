package io.trails.tck;

import io.trails.Key;
import io.trails.Recording;
import io.trails.Screen;
import io.trails.StyledScreen;
import io.trails.TextStyle;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.TerminalProvider;
import io.trails.tck.DelegatingTerminalProvider.Delegating;
import io.trails.tmux.TmuxTerminalProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** One terminal per rule that breaks it, of the rules about what a terminal without a device has not. */
@SuppressWarnings("ImmutableEnumChecker") // The makers keep nothing.
enum DeviceSaboteur implements Saboteur<TerminalProvider> {
    SAYS_ANOTHER_SIZE(
            "T-17",
            screens(screen -> new Screen(
                    screen.lines(), screen.columns() + 1, screen.rows(), screen.cursor(), screen.alternate()))),
    KEEPS_ITS_SIZE("T-18", terminal -> new Delegating(terminal) {
        @Override
        public void resize(int columns, int rows) {}
    }),
    SWAPS_ARROWS("T-19", terminal -> new Delegating(terminal) {
        @Override
        public void press(Key... keys) {
            Key[] swapped = Arrays.stream(keys)
                    .map(key -> key.equals(Key.UP) ? Key.DOWN : key)
                    .toArray(Key[]::new);
            correct.press(swapped);
        }
    }),
    KNOWS_ONE_MODE("T-19", terminal -> new Delegating(terminal) {
        @Override
        public void press(Key... keys) {
            for (Key key : keys) {
                if (key.equals(Key.UP)) correct.type("\u001b[A");
                else correct.press(key);
            }
        }
    }),
    PASTES_WHAT_ENDS_THE_PASTE("T-20", terminal -> new Delegating(terminal) {
        @Override
        public void paste(String text) {
            correct.type("\u001b[200~" + text + "\u001b[201~");
        }
    }),
    HIDES_THE_CURSOR(
            "T-21",
            screens(screen ->
                    new Screen(screen.lines(), screen.columns(), screen.rows(), Optional.empty(), screen.alternate()))),
    KNOWS_ONE_SCREEN(
            "T-21",
            screens(screen -> new Screen(screen.lines(), screen.columns(), screen.rows(), screen.cursor(), false))),
    COLOURLESS("T-22", styles(run -> new StyledScreen.Run(run.text(), TextStyle.PLAIN))),
    PADS_ITS_RUNS("T-22", styles(run -> new StyledScreen.Run(run.text() + " ", run.style()))),
    REMEMBERS_NOTHING("T-23", terminal -> new Delegating(terminal) {
        @Override
        public List<String> history(int most) {
            List<String> lines = correct.screen().lines();
            return lines.subList(Math.max(0, lines.size() - most), lines.size());
        }
    }),
    WRITES_CONTROL_CHARACTERS("T-25", recordings(recording -> new BrokenRecording(recording) {
        @Override
        String written(String lines) {
            return lines.replaceAll("(?i)\\\\u001b", "\u001b");
        }
    })),
    MISSES_THE_EXIT("T-25", recordings(recording -> new BrokenRecording(recording) {
        @Override
        String written(String lines) {
            return lines.replaceAll("\\[[^\\[]*\"x\"[^\\]]*\\]\\n", "");
        }
    })),
    REPLAYS_THE_BEGINNING("T-25", recordings(recording -> new BrokenRecording(recording) {
        @Override
        public Screen replay(Duration moment) {
            Screen last = correct.replay(moment);
            return new Screen(List.of(), last.columns(), last.rows(), last.cursor(), last.alternate());
        }
    })),
    ATTACHES_WITH_A_DREAM("T-26", terminal -> new Delegating(terminal) {
        @Override
        public Optional<List<String>> attachCommand() {
            return Optional.of(List.of("acme-no-such-program", "attach"));
        }
    });

    private final String rule;
    private final UnaryOperator<HeldTerminal> wrapper;

    DeviceSaboteur(String rule, UnaryOperator<HeldTerminal> wrapper) {
        this.rule = rule;
        this.wrapper = wrapper;
    }

    private static UnaryOperator<HeldTerminal> screens(UnaryOperator<Screen> shown) {
        return terminal -> new Delegating(terminal) {
            @Override
            public Screen screen() {
                return shown.apply(correct.screen());
            }

            @Override
            public Screen await(Predicate<Screen> condition, Duration timeout) {
                return shown.apply(correct.await(screen -> condition.test(shown.apply(screen)), timeout));
            }
        };
    }

    private static UnaryOperator<HeldTerminal> styles(UnaryOperator<StyledScreen.Run> shown) {
        return terminal -> new Delegating(terminal) {
            @Override
            public StyledScreen styledScreen() {
                StyledScreen styled = correct.styledScreen();
                List<List<StyledScreen.Run>> rows = new ArrayList<>();
                for (List<StyledScreen.Run> row : styled.rows()) {
                    rows.add(row.stream().map(shown).toList());
                }
                return new StyledScreen(styled.screen(), rows);
            }
        };
    }

    private static UnaryOperator<HeldTerminal> recordings(UnaryOperator<Recording> kept) {
        return terminal -> new Delegating(terminal) {
            @Override
            public Recording recording() {
                return kept.apply(correct.recording());
            }
        };
    }

    @Override
    public String rule() {
        return rule;
    }

    @Override
    public TerminalProvider provider() {
        return new DelegatingTerminalProvider(new TmuxTerminalProvider()) {
            @Override
            HeldTerminal sabotaged(HeldTerminal terminal, Plan plan, Sandbox sandbox) {
                return wrapper.apply(terminal);
            }
        };
    }
}
