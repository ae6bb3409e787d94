package io.trails.internal.host;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.ExecResult.Status;
import io.trails.Execution;
import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.Reason;
import io.trails.TrailsException;
import io.trails.Usage;
import io.trails.internal.host.cgroup.SessionGroup;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One session's processes on the host. */
final class HostSandbox implements Sandbox, Commands.Place {
    private static final long GRACE_MILLIS = 1_000;

    private final HostSession session;
    private final ProcessTable table;
    private final Launcher launcher;
    private final ProcessFamily family;
    private final Commands commands;
    private final MarkedPrograms marked;
    private final Supplier<Sandbox> shared;
    private final Executor threads;
    private final OutputPipes pipes;
    private final @Nullable GroupVerdict group;
    private final Consumer<Reason> breachReporter;
    private final UsageMeter meter;
    private final @Nullable LimitWatch watch;
    private final CloseFlag closed = new CloseFlag();

    HostSandbox(HostSession session, ProcessTable table, Supplier<Sandbox> shared) {
        this.session = session;
        this.shared = shared;
        this.table = table;
        group = session.group();
        pipes = new OutputPipes(table.readsVariables());
        threads = IdleThreads.named("trails-host-" + session.mark());
        launcher = new Launcher(
                session.directory(),
                HostEnvironment.ofSession(session.environment(), session.mark()),
                session.limits(),
                group,
                pipes,
                threads);
        family = new ProcessFamily(table, Marks.SESSION, session.mark(), groups());
        breachReporter = session.breachReporter();
        meter = new UsageMeter(table, session.disk(), closed, group);
        marked = new MarkedPrograms(table);
        var record = new CommandRecord(session.own(), table.readsVariables());
        commands = new Commands(session.mark(), true, launcher, table, session.limits(), this, record, threads);
        watch = watch();
    }

    private @Nullable LimitWatch watch() {
        Limits watched = group == null ? session.limits() : group.others();
        if (group == null && !LimitWatch.neededFor(watched)) return null;
        Runnable groupLook = group == null ? null : this::lookAtGroup;
        return new LimitWatch(watched, table, this::glance, session.disk(), this::breached, groupLook);
    }

    private List<SessionGroup> groups() {
        return group == null ? List.of() : List.of(group.group());
    }

    /** Starts watching, and measuring the files if that was not done already. */
    HostSandbox started(boolean fresh) {
        if (watch != null) watch.start(session.mark());
        if (fresh && session.limits().get(Kind.DISK).isEmpty()) threads.execute(new Baseline(session.disk(), closed));
        return this;
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return HostSandboxProvider.CAPABILITIES;
    }

    @Override
    public ExecResult exec(Command command) {
        return commands.exec(command);
    }

    @Override
    public Execution start(Command command) {
        return commands.start(command);
    }

    @Override
    public LimitVerdict starting() {
        if (group != null) restore(group);
        return LimitVerdict.fromNowOn(session.limits(), group);
    }

    @Override
    public void started() {
        if (watch != null) watch.wake();
    }

    @Override
    public Sandbox shared() {
        return shared.get();
    }

    @Override
    public Command inside(Command command, String mark) {
        marked.check(mark);
        if (closed.getAsBoolean()) throw new IllegalStateException("The sandbox is closed; open the session again");
        Command complete = launcher.inside(command, mark);
        if (group != null) restore(group);
        started();
        return complete;
    }

    @Override
    public boolean isAlive(String mark) {
        return marked.isAlive(mark);
    }

    @Override
    public boolean end(String mark) {
        return marked.end(mark);
    }

    private void restore(GroupVerdict lost) {
        try {
            lost.restore();
        } catch (IOException e) {
            throw HostGroups.failed(lost.group().path(), e);
        }
    }

    @Override
    public ExecResult ended(RunningCommand command, ExecResult result) {
        boolean own = result.status() == Status.LIMIT_EXCEEDED && !command.endedWithSession();
        if (own && !isTold(result)) result.reason().ifPresent(breachReporter);
        return result;
    }

    /** What ended all commands of the session at once is told once. */
    private boolean isTold(ExecResult result) {
        if (group == null || !group.keeps(Kind.MEMORY)) return false;
        boolean memory = result.reason()
                .map(reason -> reason.code().equals(GroupVerdict.MEMORY))
                .orElse(false);
        return memory && !group.claimKill();
    }

    /** What runs in the background may break limits too, and then no command's result tells. */
    private void lookAtGroup() {
        if (group == null) return;
        group.untoldKill().ifPresent(this::breached);
        group.untoldRefusal().ifPresent(breachReporter);
    }

    @Override
    public Usage usage() {
        adoptRunning();
        return meter.measure(family.living());
    }

    @Override
    public void stop() {
        List<ProcessEntry> left = endAll(Ending.cancelled("exec.stopped", "The session was stopped"), GRACE_MILLIS);
        if (!left.isEmpty()) {
            throw new TrailsException(
                    "host.processes-remain",
                    "Processes " + ProcessEntry.pids(left) + " of session " + session.mark()
                            + " do not end although they were killed; see what they wait for (a hung disk?) and stop again");
        }
    }

    private void breached(Reason breach) {
        endAll(Ending.limit(breach), 0);
        breachReporter.accept(breach);
    }

    private List<ProcessEntry> endAll(Ending why, long graceMillis) {
        var claimed = new ArrayList<RunningCommand>();
        for (RunningCommand command : commands.running()) {
            if (command.claim(why)) claimed.add(command);
        }
        try {
            adoptRunning();
            return new TreeEnd(table, groups()).end(family::living, graceMillis);
        } finally {
            for (RunningCommand command : claimed) command.claimedTreeEnded();
        }
    }

    private List<ProcessEntry> glance() {
        adoptRunning();
        List<ProcessEntry> living = family.livingAtAGlance();
        meter.see(living);
        return living;
    }

    /** Their environment alone would not tell: a command may have cleared it. */
    private void adoptRunning() {
        for (RunningCommand command : commands.running()) {
            if (command.process().isAlive()) family.adopt(command.process().pid());
        }
    }

    @Override
    public void close() {
        if (closed.getAsBoolean()) return;
        closed.set();
        pipes.close();
        if (watch != null) watch.close();
        commands.close();
    }
}
