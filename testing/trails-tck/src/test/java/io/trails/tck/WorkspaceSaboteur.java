package io.trails.tck;

import io.trails.Change;
import io.trails.Changes;
import io.trails.Isolation;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.spi.Availability;
import io.trails.spi.HostDirectory;
import io.trails.spi.Location;
import io.trails.spi.Plan;
import io.trails.spi.ProbeContext;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Workspace;
import io.trails.spi.WorkspaceProvider;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One workspace provider per rule that breaks it. */
@SuppressWarnings("ImmutableEnumChecker") // The makers keep nothing.
enum WorkspaceSaboteur implements Saboteur<WorkspaceProvider> {
    ID_IN_CAPITALS("P-01", () -> new DelegatingWorkspaceProvider() {
        @Override
        public String id() {
            return "In Place";
        }
    }),
    PROBE_THAT_WRITES("P-02", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Availability probe(ProbeContext context) {
            if (Files.isDirectory(context.project())) write(context.project().resolve("probe.txt"));
            return correct.probe(context);
        }
    }),
    NO_REMEDY("P-03", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Availability probe(ProbeContext context) {
            return Files.isDirectory(context.project())
                    ? Availability.available()
                    : Availability.unavailable(Reason.of("sabotage", "No."));
        }
    }),
    CHANGING_CLAIM("P-04", () -> new DelegatingWorkspaceProvider() {
        private boolean probed;

        @Override
        public Availability probe(ProbeContext context) {
            probed = true;
            return correct.probe(context);
        }

        @Override
        public Set<Isolation> isolates() {
            return probed ? Set.of(Isolation.FILES) : Set.of();
        }
    }),
    PLAN_THAT_CREATES("P-05", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Plan plan(WorkspaceRequest request) {
            write(request.directory().resolveSibling("planned.txt"));
            return correct.plan(request);
        }
    }),
    PLAN_OF_ANOTHER_SHAPE("P-05", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Plan plan(WorkspaceRequest request) {
            return correct.plan(request).with(UUID.randomUUID().toString(), "key");
        }
    }),
    NAME_THAT_COMES_AGAIN("P-05", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Plan plan(WorkspaceRequest request) {
            return correct.plan(request).with("name", "name-" + PLANS.incrementAndGet() % 3);
        }
    }),
    SECOND_COPY("P-07", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Workspace create(Plan plan, WorkspaceRequest request) {
            write(request.directory().resolve(UUID.randomUUID().toString()));
            return super.create(plan, request);
        }
    }),
    LEFTOVER("P-08", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Workspace create(Plan plan, WorkspaceRequest request) {
            write(request.directory().resolve("half-done"));
            return super.create(plan, request);
        }
    }),
    OPEN_THAT_PRETENDS("P-09", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Workspace open(Plan plan, WorkspaceRequest request) {
            try {
                return super.open(plan, request);
            } catch (ResourceLostException ignored) {
                return new Workspace() {
                    @Override
                    public Location location() {
                        return correct.locate(plan);
                    }

                    @Override
                    public Changes changes() {
                        return new Changes(List.of(), List.of());
                    }
                };
            }
        }
    }),
    REMOVE_ONCE_ONLY("P-10", () -> new DelegatingWorkspaceProvider() {
        @Override
        public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
            RemovalReport report = correct.remove(plan, request, policy);
            return report.removed().isEmpty()
                    ? RemovalReport.kept("manifest", Reason.of("sabotage", "It is not there"))
                    : report;
        }
    }),
    REMOVE_TOO_MUCH("P-11", () -> new DelegatingWorkspaceProvider() {
        @Override
        public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
            delete(Path.of(plan.get("manifest")).resolveSibling("foreign.txt"));
            return correct.remove(plan, request, policy);
        }
    }),
    ANOTHER_LOCATION("W-01", () -> new DelegatingWorkspaceProvider() {
        @Override
        Location location(Workspace workspace) {
            return new HostDirectory(Path.of(workspace.location().describe()).resolve("src"));
        }
    }),
    FILE_IN_PROJECT("W-02", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Workspace create(Plan plan, WorkspaceRequest request) {
            write(request.project().resolve("README.md"));
            return super.create(plan, request);
        }
    }),
    GHOST_CHANGE("W-03", () -> new DelegatingWorkspaceProvider() {
        @Override
        Changes changes(Workspace workspace) {
            return new Changes(List.of(Change.of("ghost", Change.Kind.ADDED)), List.of());
        }
    }),
    BLIND("W-04", () -> new DelegatingWorkspaceProvider() {
        @Override
        Changes changes(Workspace workspace) {
            return new Changes(List.of(), List.of());
        }
    }),
    CHANGES_THAT_WRITE("W-05", () -> new DelegatingWorkspaceProvider() {
        @Override
        Changes changes(Workspace workspace) {
            Changes changes = workspace.changes();
            write(Path.of(workspace.location().describe()).resolve("cache"));
            return changes;
        }
    }),
    REMOVE_THAT_LOSES("W-06", () -> new DelegatingWorkspaceProvider() {
        @Override
        public RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy) {
            delete(Path.of(plan.get("directory")).resolve("new folder/added.txt"));
            return correct.remove(plan, request, policy);
        }
    }),
    OPEN_FROM_NOW("W-07", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Workspace open(Plan plan, WorkspaceRequest request) {
            Path own = Path.of(plan.get("manifest")).getParent();
            delete(Path.of(plan.get("manifest")));
            return create(
                    plan,
                    WorkspaceRequest.builder("s", Path.of(plan.get("directory")), own)
                            .build());
        }
    }),
    BOOKKEEPING_IN_THE_OPEN("W-08", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Workspace create(Plan plan, WorkspaceRequest request) {
            write(request.project().resolve(request.sessionId() + ".session"));
            return super.create(plan, request);
        }
    }),
    FALSE_CLAIM("W-09", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Set<Isolation> isolates() {
            return Set.of(Isolation.FILES);
        }
    }),
    STATE_SHOWN_AS_WORK("W-10", () -> new DelegatingWorkspaceProvider() {
        @Override
        public Plan plan(WorkspaceRequest request) {
            return correct.plan(WorkspaceRequest.builder(request.sessionId(), request.project(), request.directory())
                    .build());
        }
    });

    private static final AtomicInteger PLANS = new AtomicInteger();

    private final String rule;
    private final Supplier<WorkspaceProvider> maker;

    WorkspaceSaboteur(String rule, Supplier<WorkspaceProvider> maker) {
        this.rule = rule;
        this.maker = maker;
    }

    @Override
    public String rule() {
        return rule;
    }

    @Override
    public WorkspaceProvider provider() {
        return maker.get();
    }

    private static void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "sabotage");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
