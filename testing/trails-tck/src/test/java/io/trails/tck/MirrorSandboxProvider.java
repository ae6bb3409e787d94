package io.trails.tck;

import io.trails.Command;
import io.trails.ExecResult;
import io.trails.Execution;
import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.Usage;
import io.trails.spi.HostDirectory;
import io.trails.spi.Plan;
import io.trails.spi.ResourceLostException;
import io.trails.spi.Sandbox;
import io.trails.spi.SandboxCapability;
import io.trails.spi.SandboxCopy;
import io.trails.spi.SandboxRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The sandbox {@code host} on a copy of the session's files, as simple as can be: every command compares three trees. */
public class MirrorSandboxProvider extends DelegatingSandboxProvider {
    private static final String LOCATION = "location";
    private static final String OWN = "own";

    /** Made by name. */
    public MirrorSandboxProvider() {}

    MirrorTrees trees() {
        return new MirrorTrees();
    }

    MirrorCopy copy(MirrorTrees trees, Path location, Path own) {
        return new MirrorCopy(trees, location, own);
    }

    private MirrorCopy copy(Plan plan) {
        return copy(trees(), Path.of(plan.get(LOCATION)), Path.of(plan.get(OWN)));
    }

    /** Paths of the host mean other files, and what something else starts does not know where the copy is. */
    @Override
    public Set<SandboxCapability> capabilities() {
        return Set.of(SandboxCapability.STREAMS, SandboxCapability.BACKGROUND, SandboxCapability.SHARED_PROCESSES);
    }

    @Override
    public Plan plan(SandboxRequest request) {
        return correct.plan(mirrored(request))
                .with(LOCATION, ((HostDirectory) request.location()).path().toString())
                .with(OWN, request.directory().toString());
    }

    private static SandboxRequest mirrored(SandboxRequest request) {
        Path files = request.directory().resolve("mirror/files");
        return request.toBuilder().location(new HostDirectory(files)).build();
    }

    @Override
    public Sandbox create(Plan plan, SandboxRequest request) {
        MirrorCopy copy = copy(plan);
        boolean fresh = !copy.exists();
        copy.create();
        try {
            return new Mirrored(correct.create(plan, mirrored(request)), copy, request.bringsBack());
        } catch (RuntimeException e) {
            if (fresh) copy.remove();
            throw e;
        }
    }

    @Override
    public Sandbox open(Plan plan, SandboxRequest request) {
        MirrorCopy copy = copy(plan);
        if (!copy.exists() || !Files.isDirectory(copy.location)) {
            throw new ResourceLostException("The session's files are gone; remove the session");
        }
        return new Mirrored(correct.open(plan, mirrored(request)), copy, request.bringsBack());
    }

    @Override
    public RemovalReport remove(Plan plan, RemovalPolicy policy) {
        RemovalReport processes = correct.remove(plan, policy);
        if (!processes.complete()) return processes;
        MirrorCopy copy = copy(plan);
        if (!policy.forgets() && copy.exists() && !copy.pending().isEmpty()) {
            return RemovalReport.kept(
                    copy.files.toString(),
                    Reason.of("mirror.pending", "Its changes have not come back", "bring them back"));
        }
        copy.remove();
        return processes;
    }

    boolean bringsBack(boolean asked) {
        return asked;
    }

    /** Compares before and after each command; what runs in the background is seen by the next one. */
    private final class Mirrored implements Sandbox {
        private final Sandbox under;
        private final MirrorCopy copy;
        private final boolean bringsBack;

        Mirrored(Sandbox under, MirrorCopy copy, boolean asked) {
            this.under = under;
            this.copy = copy;
            bringsBack = bringsBack(asked);
        }

        private Command mirrored(Command command) {
            Optional<Path> inside = command.directory().filter(each -> each.startsWith(copy.location));
            return inside.map(each -> command.in(copy.location.relativize(each)))
                    .orElse(command);
        }

        @Override
        public Set<SandboxCapability> capabilities() {
            return MirrorSandboxProvider.this.capabilities();
        }

        @Override
        public ExecResult exec(Command command) {
            copy.refresh();
            ExecResult result = under.exec(mirrored(command));
            if (bringsBack) copy.bringBack();
            return result;
        }

        @Override
        public Execution start(Command command) {
            copy.refresh();
            return under.start(mirrored(command));
        }

        @Override
        public Optional<SandboxCopy> copy() {
            return Optional.of(copy);
        }

        @Override
        public Usage usage() {
            return under.usage();
        }

        @Override
        public Sandbox shared() {
            return under.shared();
        }

        @Override
        public void stop() {
            under.stop();
        }

        @Override
        public void close() {
            under.close();
        }
    }
}
