package io.trails.internal.host;

import io.trails.Enforcement;
import io.trails.Enforcement.Level;
import io.trails.Isolation;
import io.trails.Limits;
import io.trails.Limits.Kind;
import io.trails.NetworkPolicy;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.internal.host.cgroup.Delegation;
import io.trails.internal.host.cgroup.SessionGroup;
import io.trails.spi.Availability;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxProvider;
import io.trails.spi.SandboxRequest;
import io.trails.spi.SandboxSettings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Runs a session's processes as processes of the host. Isolates nothing; finds them again by a mark in their environment.
 *
 * <p>They belong to the process group of the JVM: a Ctrl-C in the terminal of the host reaches them too.
 */
public final class HostSandboxProvider implements SandboxProvider {
    private static final boolean POSIX = File.separatorChar == '/';

    static final Set<SandboxCapability> CAPABILITIES = capabilitiesOfThisSystem();

    private static final long GRACE_MILLIS = 1_000;

    private final Path proc;
    private final Object sharedLock = new Object();
    private @Nullable Sandbox shared;

    /** Found as a service. */
    public HostSandboxProvider() {
        this(Path.of("/proc"));
    }

    /** Reads where control groups are from another process file system. */
    HostSandboxProvider(Path proc) {
        this.proc = proc;
    }

    private static Set<SandboxCapability> capabilitiesOfThisSystem() {
        Set<SandboxCapability> all =
                EnumSet.of(SandboxCapability.STREAMS, SandboxCapability.HOST_FILES, SandboxCapability.SHARED_PROCESSES);
        if (POSIX) all.add(SandboxCapability.BACKGROUND);
        if (ProcessTable.ofThisSystem().readsVariables()) all.add(SandboxCapability.MARKS);
        return Set.copyOf(all);
    }

    /** One for all sessions, made when one asks for it. */
    private Sandbox shared() {
        synchronized (sharedLock) {
            if (shared == null) shared = new SharedHost(ProcessTable.ofThisSystem());
            return shared;
        }
    }

    @Override
    public String id() {
        return "host";
    }

    @Override
    public Availability probe(ProbeContext context) {
        Optional<Path> prlimit = Rlimits.ofThisSystem().prlimit();
        return Availability.available(
                ProcessTable.ofThisSystem().readsVariables()
                        ? Reason.of("host.procfs", "Processes are found through /proc")
                        : Reason.of("host.no-procfs", "Without /proc, what another JVM left running is not found"),
                prlimit.isPresent()
                        ? Reason.of("host.prlimit", "Limits per process are set by " + prlimit.get())
                        : Reason.of("host.ulimit", "Limits per process are set by the shell's ulimit"));
    }

    @Override
    public Set<Isolation> isolates() {
        return Set.of();
    }

    @Override
    public boolean accepts(Class<? extends Location> location) {
        return HostDirectory.class.isAssignableFrom(location);
    }

    @Override
    public Set<SandboxCapability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<Enforcement> enforcement(Limits limits, NetworkPolicy network) {
        return enforcement(limits, network, SandboxSettings.none());
    }

    @Override
    public List<Enforcement> enforcement(Limits limits, NetworkPolicy network, SandboxSettings settings) {
        return LimitMeans.ofThisSystem(groupable(limits) ? groups().delegation(settings) : null)
                .of(limits, network);
    }

    /** Whether control groups could keep any of the limits. Without such a limit nothing of them is even loaded. */
    private static boolean groupable(Limits limits) {
        return limits.get(Kind.MEMORY).isPresent()
                || limits.get(Kind.PROCESSES).isPresent()
                || limits.get(Kind.CPU_SHARE).isPresent();
    }

    /** Whether a plan names a control group. Of {@link HostGroups} this needs a constant only, which loads nothing. */
    static boolean hasGroup(Plan plan) {
        return plan.find(HostGroups.PLACE).isPresent();
    }

    private HostGroups groups() {
        return new HostGroups(proc);
    }

    @Override
    public Plan plan(SandboxRequest request) {
        String mark = mark(request);
        Plan plan = Plan.empty()
                .with("directory", directory(request).toString())
                .with("mark", mark)
                .with("baseline", request.directory().resolve("disk-baseline").toString());
        return groupable(request.limits()) ? groups().addTo(plan, mark, request) : plan;
    }

    /** Session ids repeat, from project to project and when a name is opened anew; the directory does not. */
    private static String mark(SandboxRequest request) {
        var place = new CRC32();
        place.update(request.directory().toString().getBytes(StandardCharsets.UTF_8));
        return request.sessionId() + "." + Long.toHexString(place.getValue());
    }

    private static Path directory(SandboxRequest request) {
        if (request.location() instanceof HostDirectory host) return host.path();
        throw new IllegalArgumentException(
                "The host runs nothing in " + request.location().describe());
    }

    @Override
    public Sandbox create(Plan plan, SandboxRequest request) {
        Delegation groups = groupable(request.limits()) ? groups().planned(plan, request) : null;
        for (Enforcement answer : LimitMeans.ofThisSystem(groups).of(request.limits(), request.network())) {
            if (answer.level() == Level.REFUSED) throw refused(answer);
        }
        Path directory = Path.of(plan.get("directory"));
        if (!Files.isDirectory(directory)) {
            throw new TrailsException(
                    "host.directory-missing",
                    "The session's directory " + directory + " does not exist or is a file; create it first");
        }
        return sandbox(plan, request, directory).started(true);
    }

    private HostSandbox sandbox(Plan plan, SandboxRequest request, Path directory) {
        var disk = new DiskGrowth(
                directory,
                Path.of(plan.get("baseline")),
                request.stateDirectory().orElse(null));
        if (request.limits().get(Kind.DISK).isPresent()) measure(directory, disk);
        // The last thing that can fail, so there is nothing to undo.
        GroupVerdict group = hasGroup(plan) ? groups().attach(plan, request) : null;
        var session = new HostSession(
                directory,
                request.directory(),
                plan.get("mark"),
                request.limits(),
                request.environment(),
                request.breachReporter(),
                disk,
                group);
        return new HostSandbox(session, ProcessTable.ofThisSystem(), this::shared);
    }

    private static TrailsException refused(Enforcement answer) {
        Reason why = answer.reason();
        return new TrailsException(
                "limit.refused",
                answer.subject() + " cannot be limited on the host: " + why.message() + "; " + why.remedy());
    }

    private static void measure(Path directory, DiskGrowth disk) {
        try {
            disk.start(() -> false);
        } catch (IOException e) {
            throw new TrailsException(
                    "host.disk-unmeasured",
                    "The size of " + directory
                            + " cannot be measured, so its growth cannot be limited; make it"
                            + " readable or drop the disk limit",
                    e);
        }
    }

    @Override
    public Sandbox open(Plan plan, SandboxRequest request) {
        Path directory = Path.of(plan.get("directory"));
        if (!Files.isDirectory(directory)) {
            throw new ResourceLostException(
                    "The session's directory " + directory + " is gone; bring it back, or remove the session");
        }
        ProcessTable table = ProcessTable.ofThisSystem();
        if (table.readsVariables()) new LostCommands(request.directory(), table).end();
        return sandbox(plan, request, directory).started(false);
    }

    @Override
    public RemovalReport remove(Plan plan, RemovalPolicy policy) {
        if (!hasGroup(plan)) return endProcesses(plan, policy, List.of());
        List<SessionGroup> groups = HostGroups.all(plan);
        RemovalReport report = endProcesses(plan, policy, groups);
        return report.complete() ? report.and(HostGroups.remove(groups)) : report;
    }

    private static RemovalReport endProcesses(Plan plan, RemovalPolicy policy, List<SessionGroup> groups) {
        ProcessTable table = ProcessTable.ofThisSystem();
        var family = new ProcessFamily(table, Marks.SESSION, plan.get("mark"), groups);
        List<ProcessEntry> living = family.living();
        if (living.isEmpty()) return RemovalReport.nothing();
        String processes = "processes " + ProcessEntry.pids(living);
        if (!policy.endsProcesses()) {
            return RemovalReport.kept(
                    processes,
                    Reason.of(
                            "host.processes-alive",
                            living.size() + " processes of the session are running",
                            "stop the session, or remove it with RemovalPolicy.endingProcesses()"));
        }
        List<ProcessEntry> left = new TreeEnd(table, groups).end(family::living, GRACE_MILLIS);
        return left.isEmpty()
                ? RemovalReport.removed(processes, Reason.of("host.processes-ended", "The policy ends them"))
                : RemovalReport.kept(
                        "processes " + ProcessEntry.pids(left),
                        Reason.of(
                                "host.processes-remain",
                                "They do not end although they were killed",
                                "see what they wait for and remove the session again"));
    }
}
