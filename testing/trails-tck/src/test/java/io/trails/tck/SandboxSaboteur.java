package io.trails.tck;

import io.trails.Command;
import io.trails.Enforcement;
import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Execution;
import io.trails.Limits;
import io.trails.NetworkPolicy;
import io.trails.Output;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.Usage;
import io.trails.spi.Plan;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** One sandbox provider per rule that breaks it. */
@SuppressWarnings("ImmutableEnumChecker") // The makers keep nothing.
enum SandboxSaboteur implements Saboteur<SandboxProvider> {
    SECRET_IN_PLAN("P-06", () -> new DelegatingSandboxProvider() {
        @Override
        public Plan plan(SandboxRequest request) {
            return correct.plan(request)
                    .with("environment", request.environment().toString());
        }
    }),
    SHELL_LINE("S-01", () -> new DelegatingSandboxProvider() {
        @Override
        Command command(Command command, SandboxRequest request) {
            return with(command, List.of("sh", "-c", String.join(" ", command.argv())));
        }
    }),
    LOST_EXIT_CODE("S-02", () -> new DelegatingSandboxProvider() {
        @Override
        ExecResult exec(Sandbox sandbox, Command command) {
            ExecResult result = sandbox.exec(command);
            return with(result, result.status(), Math.min(result.exitCode(), 1), result.stdout());
        }
    }),
    SILENT_TRUNCATION("S-03", () -> new DelegatingSandboxProvider() {
        @Override
        ExecResult exec(Sandbox sandbox, Command command) {
            ExecResult result = sandbox.exec(command);
            byte[] few = Arrays.copyOf(
                    result.stdout().bytes(), Math.min(100, (int) result.stdout().size()));
            return with(result, result.status(), result.exitCode(), Output.of(few));
        }
    }),
    DESCENDANTS_SURVIVE_TIMEOUT("S-04", () -> new DelegatingSandboxProvider() {
        @Override
        ExecResult exec(Sandbox sandbox, Command command) {
            // Ends the command itself in time, and leaves behind what it started.
            Duration limit = command.timeout().orElseThrow();
            List<String> argv =
                    new ArrayList<>(List.of("timeout", "--foreground", "-s", "KILL", limit.toSeconds() + ""));
            argv.addAll(command.argv());
            ExecResult result = sandbox.exec(with(command, argv).timeout(limit.multipliedBy(10)));
            return result.exitCode() == 137 ? with(result, Status.TIMED_OUT, -1, result.stdout()) : result;
        }
    }),
    EXIT_127("S-05", () -> new DelegatingSandboxProvider() {
        @Override
        ExecResult exec(Sandbox sandbox, Command command) {
            try {
                return sandbox.exec(command);
            } catch (TrailsException notStarted) {
                return new ExecResult(
                        Status.EXITED, 127, Output.empty(), Output.empty(), Duration.ZERO, Optional.empty());
            }
        }
    }),
    INHERIT_EVERYTHING("S-06", () -> new DelegatingSandboxProvider() {
        @Override
        Command command(Command command, SandboxRequest request) {
            Map<String, String> all = new HashMap<>(request.environment());
            all.putAll(command.environment());
            return command.environment(all);
        }
    }),
    UNANSWERED_LIMIT("S-07", () -> new DelegatingSandboxProvider() {
        @Override
        public List<Enforcement> enforcement(Limits limits, NetworkPolicy network) {
            return List.of();
        }
    }),
    BREACH_CALLED_SUCCESS("S-08", () -> new DelegatingSandboxProvider() {
        @Override
        ExecResult exec(Sandbox sandbox, Command command) {
            ExecResult result = sandbox.exec(command);
            return result.ok() ? result : with(result, Status.EXITED, 0, result.stdout());
        }
    }),
    STOP_THAT_DOES_NOTHING("S-09", () -> new DelegatingSandboxProvider() {
        @Override
        void stop(Sandbox sandbox) {}
    }),
    USAGE_OF_NOBODY("S-10", () -> new DelegatingSandboxProvider() {
        @Override
        Usage usage(Usage usage) {
            return new Usage(usage.cpuTime(), usage.memoryBytes(), usage.diskBytes(), 0, usage.caveats());
        }
    }),
    INTERRUPT_LEAVES_IT_RUNNING("S-11", () -> new DelegatingSandboxProvider() {
        @Override
        ExecResult exec(Sandbox sandbox, Command command) {
            var answer = new FutureTask<>(() -> sandbox.exec(command));
            Patience.start(answer);
            try {
                return answer.get();
            } catch (InterruptedException e) {
                throw new TrailsInterruptedException("waiting for a command", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) throw cause;
                throw new IllegalStateException(e);
            }
        }
    }),
    SECRET_IN_ARGUMENTS("S-12", () -> new DelegatingSandboxProvider() {
        @Override
        Execution start(Sandbox sandbox, Command command) {
            List<String> argv = new ArrayList<>(command.argv());
            command.environment().forEach((name, value) -> argv.add(name + "=" + value));
            return sandbox.start(with(command, argv));
        }
    }),
    CLOSE_THAT_STOPS("S-13", () -> new DelegatingSandboxProvider() {
        @Override
        void close(Plan plan, Sandbox sandbox) {
            sandbox.stop();
            sandbox.close();
        }
    }),
    OUTPUT_THAT_ENDS("S-13", () -> new DelegatingSandboxProvider() {
        @Override
        ExecResult exec(Sandbox sandbox, Command command) {
            // Closing the streams is what kills whoever still writes to them.
            try (Execution execution = sandbox.start(command)) {
                return execution.onExit().join();
            }
        }
    }),
    OPEN_THAT_FORGETS("S-15", ForgetfulSandboxProvider::new),
    REMOVE_THAT_KILLS("S-14", () -> new DelegatingSandboxProvider() {
        @Override
        public RemovalReport remove(Plan plan, RemovalPolicy policy) {
            return correct.remove(plan, policy.endingProcesses());
        }
    }),
    SHARED_WITH_NOBODY("S-16", () -> new DelegatingSandboxProvider() {
        @Override
        Sandbox shared(Sandbox sandbox) {
            return sandbox;
        }
    }),
    INSIDE_WITHOUT_SESSION("S-17", () -> new DelegatingSandboxProvider() {
        @Override
        Command inside(Sandbox sandbox, Command command, String mark) {
            Command inside = sandbox.inside(command, mark);
            Map<String, String> variables = new HashMap<>(inside.environment());
            variables.keySet().removeIf(name -> name.startsWith("TRAILS_SESSION"));
            return new Command(
                    inside.argv(), variables, inside.directory(), inside.timeout(), inside.stdin(), inside.capture());
        }
    }),
    INSIDE_THAT_RUNS_ANYTHING("S-17", () -> new DelegatingSandboxProvider() {
        @Override
        Command inside(Sandbox sandbox, Command command, String mark) {
            Command inside = sandbox.inside(Command.of("env").environment(command.environment()), mark);
            return with(inside, command.argv()).in(inside.directory().orElseThrow());
        }
    }),
    ALIVE_FOR_EVER("S-18", () -> new DelegatingSandboxProvider() {
        @Override
        boolean isAlive(Sandbox sandbox, String mark) {
            return true;
        }
    }),
    END_OF_NOBODY("S-18", () -> new DelegatingSandboxProvider() {
        @Override
        boolean end(Sandbox sandbox, String mark) {
            return true;
        }
    }),
    END_OF_ALL("S-18", () -> new DelegatingSandboxProvider() {
        @Override
        boolean end(Sandbox sandbox, String mark) {
            sandbox.stop();
            return true;
        }
    });

    private final String rule;
    private final Supplier<SandboxProvider> maker;

    SandboxSaboteur(String rule, Supplier<SandboxProvider> maker) {
        this.rule = rule;
        this.maker = maker;
    }

    @Override
    public String rule() {
        return rule;
    }

    @Override
    public SandboxProvider provider() {
        return maker.get();
    }

    private static Command with(Command command, List<String> argv) {
        return new Command(
                argv,
                command.environment(),
                command.directory(),
                command.timeout(),
                command.stdin(),
                command.capture());
    }

    private static ExecResult with(ExecResult result, Status status, int exitCode, Output stdout) {
        return new ExecResult(status, exitCode, stdout, result.stderr(), result.elapsed(), result.reason());
    }
}
