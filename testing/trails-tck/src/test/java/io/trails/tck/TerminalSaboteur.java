package io.trails.tck;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Output;
import io.trails.OutputReader;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Screen;
import io.trails.TrailsException;
import io.trails.spi.HeldTerminal;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.TerminalProvider;
import io.trails.spi.TerminalRequest;
import io.trails.tck.DelegatingTerminalProvider.Delegating;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One terminal provider per rule that breaks it. */
@SuppressWarnings("ImmutableEnumChecker") // The makers keep nothing.
enum TerminalSaboteur implements Saboteur<TerminalProvider> {
    SECRET_IN_PLAN("P-06", () -> new DelegatingTerminalProvider() {
        @Override
        public Plan plan(TerminalRequest request) {
            return correct.plan(request)
                    .with("environment", request.environment().toString());
        }
    }),
    STARTS_AGAIN("P-07", () -> new DelegatingTerminalProvider() {
        @Override
        public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
            correct.remove(plan, sandbox, RemovalPolicy.safe().endingProcesses());
            return correct.create(plan, request, sandbox);
        }
    }),
    LEFTOVER("P-08", () -> new DelegatingTerminalProvider() {
        @Override
        public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
            try {
                Files.writeString(request.directory().resolve("half-done"), "sabotage");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return correct.create(plan, request, sandbox);
        }
    }),
    SPLITS_ARGUMENTS("T-01", () -> new DelegatingTerminalProvider() {
        @Override
        public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
            Command wanted = request.command().orElseThrow();
            List<String> argv = new ArrayList<>(wanted.argv().subList(0, 4));
            argv.addAll(List.of(
                    String.join(" ", wanted.argv().subList(4, wanted.argv().size()))
                            .split(" ")));
            var split = new Command(
                    argv, wanted.environment(), wanted.directory(), wanted.timeout(), wanted.stdin(), wanted.capture());
            var changed = TerminalRequest.builder(request.sessionId(), request.name(), request.directory())
                    .command(split)
                    .build();
            return correct.create(plan, changed, sandbox);
        }
    }),
    TYPES_CAPITALS("T-02", terminal -> new Delegating(terminal) {
        @Override
        public void type(String text) {
            correct.type(text.toUpperCase(Locale.ROOT));
        }
    }),
    SHOWS_CONTROL_SEQUENCES("T-03", terminal -> new Delegating(terminal) {
        @Override
        public Screen screen() {
            Screen screen = correct.screen();
            List<String> lines = new ArrayList<>(screen.lines());
            lines.replaceAll(line -> "\u001b[0m" + line);
            return new Screen(lines, screen.columns(), screen.rows(), screen.cursor(), screen.alternate());
        }
    }),
    MISSES_THE_END("T-04", terminal -> new Delegating(terminal) {
        @Override
        public Screen await(Predicate<Screen> condition, Duration timeout) {
            try {
                return correct.await(condition, timeout);
            } catch (TrailsException e) {
                throw new TrailsException("terminal.timeout", "Sabotage: the program has not ended", e);
            }
        }
    }),
    NEVER_LOOKS("T-04", terminal -> new Delegating(terminal) {
        @Override
        public Screen await(Predicate<Screen> condition, Duration timeout) {
            if (timeout.compareTo(Duration.ofSeconds(1)) > 0) return correct.await(condition, timeout);
            throw new TrailsException("terminal.timeout", "Sabotage: time is up before the first look");
        }
    }),
    ALWAYS_ZERO("T-05", terminal -> new Delegating(terminal) {
        @Override
        public OptionalInt exitCode() {
            return correct.exitCode().isPresent() ? OptionalInt.of(0) : OptionalInt.empty();
        }
    }),
    DETACH_THAT_ENDS("T-06", () -> new DelegatingTerminalProvider() {
        @Override
        HeldTerminal sabotaged(HeldTerminal terminal, Plan plan, Sandbox sandbox) {
            return new Delegating(terminal) {
                @Override
                public void detach() {
                    terminal.detach();
                    DelegatingTerminalProvider provider = new DelegatingTerminalProvider();
                    provider.remove(plan, sandbox, RemovalPolicy.safe().endingProcesses());
                }
            };
        }
    }),
    EVERY_LINE_SUCCEEDS("T-07", terminal -> new Delegating(terminal) {
        @Override
        public ExecResult run(String line, Duration timeout) {
            ExecResult result = correct.run(line, timeout);
            return new ExecResult(
                    result.status(), 0, result.stdout(), result.stderr(), result.elapsed(), result.reason());
        }
    }),
    BELIEVES_THE_FIRST_MARK("T-07", terminal -> new Delegating(terminal) {
        private static final String MARK = "[exit code ";

        @Override
        public ExecResult run(String line, Duration timeout) {
            ExecResult model = correct.run("true", timeout);
            int before = correct.screen().text().length();
            correct.type(line + "\necho \"" + MARK + "$?]\"\n");
            Screen screen = correct.await(shown -> shown.text().indexOf(MARK, before) >= 0, timeout);
            String printed = screen.text().substring(before);
            int mark = printed.indexOf(MARK);
            int code = Integer.parseInt(printed.substring(mark + MARK.length(), printed.indexOf(']', mark)));
            var output = Output.of(printed.substring(0, mark).getBytes(StandardCharsets.UTF_8));
            return new ExecResult(model.status(), code, output, model.stderr(), model.elapsed(), model.reason());
        }
    }),
    ATTACHES_TO_NOTHING("T-08", terminal -> new Delegating(terminal) {
        @Override
        public Optional<List<String>> attachCommand() {
            return Optional.of(List.of("attach"));
        }
    }),
    TYPES_INTO_THE_VOID("T-09", terminal -> new Delegating(terminal) {
        @Override
        public void type(String text) {
            if (correct.exitCode().isEmpty()) correct.type(text);
        }
    }),
    WAITS_FOR_A_READER("T-10", terminal -> new Delegating(terminal) {
        @Override
        public void type(String text) {
            try {
                correct.type(text);
            } catch (TrailsException stuck) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw stuck;
                }
            }
        }
    }),
    REMOVE_THAT_KILLS("T-11", () -> new DelegatingTerminalProvider() {
        @Override
        public RemovalReport remove(Plan plan, Sandbox sandbox, RemovalPolicy policy) {
            return correct.remove(plan, sandbox, policy.endingProcesses());
        }
    }),
    SHOWS_THE_NEIGHBOUR("T-12", terminal -> new Delegating(terminal) {
        @Override
        public Screen screen() {
            Screen screen = correct.screen();
            List<String> lines = new ArrayList<>(screen.lines());
            lines.add("this is one, this is two");
            return new Screen(lines, screen.columns(), screen.rows(), screen.cursor(), screen.alternate());
        }
    }),
    ONE_PLACE_FOR_ALL_LAUNCHES("T-12", () -> new DelegatingTerminalProvider() {
        @Override
        public Plan plan(TerminalRequest request) {
            return correct.plan(request)
                    .with(
                            "directory",
                            request.directory().resolveSibling(request.name()).toString());
        }

        @Override
        public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
            try {
                Files.createDirectories(Path.of(plan.get("directory")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return super.create(plan, request, sandbox);
        }
    }),
    FAILS_BY_ANOTHER_NAME("T-13", () -> new DelegatingTerminalProvider() {
        @Override
        public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
            try {
                return correct.create(plan, request, sandbox);
            } catch (TrailsException e) {
                throw new TrailsException("exec.not-started", "Sabotage", e);
            }
        }
    }),
    SHOWS_VARIABLES_AS_ARGUMENTS("T-14", () -> new DelegatingTerminalProvider() {
        @Override
        public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
            Command command = request.command().orElseThrow();
            var argv = new ArrayList<>(List.of("sh", "-c", "shift; \"$@\"; exit", "sh"));
            argv.add("ACME_TOKEN=" + request.environment().get("ACME_TOKEN"));
            argv.addAll(command.argv());
            var shown = TerminalRequest.builder(request.sessionId(), request.name(), request.directory())
                    .command(Command.of(argv).environment(request.environment()))
                    .build();
            return correct.create(plan, shown, sandbox);
        }
    }),
    ONE_ENVIRONMENT_FOR_ALL("T-14", () -> new DelegatingTerminalProvider() {
        @Override
        public HeldTerminal create(Plan plan, TerminalRequest request, Sandbox sandbox) {
            Map<String, String> environment = new HashMap<>(request.environment());
            environment.put("ACME_ONE", "1");
            Command command = request.command().orElseThrow().environment(environment);
            var richer = TerminalRequest.builder(request.sessionId(), request.name(), request.directory())
                    .command(command)
                    .build();
            return correct.create(plan, richer, sandbox);
        }
    }),
    NOTICES_NO_STOP("T-15", terminal -> new Delegating(terminal) {
        @Override
        public void type(String text) {
            try {
                correct.type(text);
            } catch (TrailsException e) {
                if (!e.code().equals("terminal.ended")) throw e;
            }
        }
    }),
    REMOVES_THE_NAME_ALONE("T-16", () -> new DelegatingTerminalProvider() {
        @Override
        public RemovalReport remove(Plan plan, Sandbox sandbox, RemovalPolicy policy) {
            return RemovalReport.nothing();
        }
    }),
    REMOVES_THE_SESSION("T-16", () -> new DelegatingTerminalProvider() {
        @Override
        public RemovalReport remove(Plan plan, Sandbox sandbox, RemovalPolicy policy) {
            sandbox.stop();
            return correct.remove(plan, sandbox, policy);
        }
    }),
    BRACKETS_ALWAYS("T-20", terminal -> new Delegating(terminal) {
        @Override
        public void paste(String text) {
            correct.paste("\u001b[200~" + text + "\u001b[201~");
        }
    }),
    MISSES_THE_FIRST_BYTE("T-24", terminal -> new Delegating(terminal) {
        @Override
        public OutputReader output(long position) {
            return correct.output(position == 0 ? 1 : position);
        }
    }),
    BEGINS_ANEW("T-24", terminal -> new Delegating(terminal) {
        @Override
        public OutputReader output(long position) {
            return correct.output(0);
        }
    }),
    NEVER_ENDS("T-24", terminal -> new Delegating(terminal) {
        @Override
        public OutputReader output(long position) {
            return new BrokenReader(correct.output(position)) {
                @Override
                public boolean ended() {
                    return false;
                }
            };
        }
    }),
    READS_WHEN_CLOSED("T-24", terminal -> new Delegating(terminal) {
        @Override
        public OutputReader output(long position) {
            return new BrokenReader(correct.output(position)) {
                @Override
                public void close() {}
            };
        }
    });

    private final String rule;
    private final Supplier<TerminalProvider> maker;

    TerminalSaboteur(String rule, Supplier<TerminalProvider> maker) {
        this.rule = rule;
        this.maker = maker;
    }

    TerminalSaboteur(String rule, UnaryOperator<HeldTerminal> wrapper) {
        this(rule, () -> new DelegatingTerminalProvider() {
            @Override
            HeldTerminal sabotaged(HeldTerminal terminal, Plan plan, Sandbox sandbox) {
                return wrapper.apply(terminal);
            }
        });
    }

    @Override
    public String rule() {
        return rule;
    }

    @Override
    public TerminalProvider provider() {
        return maker.get();
    }
}
