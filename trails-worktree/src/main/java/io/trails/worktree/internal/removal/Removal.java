package io.trails.worktree.internal.removal;

import io.trails.Reason;
import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import io.trails.TrailsException;
import io.trails.TrailsInterruptedException;
import io.trails.spi.WorkspaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * One removal. It looks, rescues, sets the tree aside, looks again, and only then takes back what was created: so what is
 * deleted is what was looked at. Single-threaded.
 */
final class Removal {
    /** Rescuing and setting aside each need another look; who then still finds something new is being raced. */
    private static final int ROUNDS = 5;

    private final Site site;
    private final WorkspaceRequest request;
    private final RemovalPolicy policy;
    private final Step.Observer steps;
    private final List<RemovalReport.Item> removed = new ArrayList<>();
    private final List<RemovalReport.Item> stays = new ArrayList<>();

    Removal(Site site, WorkspaceRequest request, RemovalPolicy policy, Step.Observer steps) {
        this.site = site;
        this.request = request;
        this.policy = policy;
        this.steps = steps;
    }

    RemovalReport run() {
        try {
            if (!Site.isDirectory(site.common())) return withoutRepository();
            Registrations.restore(site);
            Optional<Reason> objection = objection();
            if (objection.isPresent()) return kept(List.of(item(site.root().toString(), objection.get())));
            return remove();
        } catch (TrailsInterruptedException interrupted) {
            throw interrupted;
        } catch (TrailsException | IOException failed) {
            LoggerFactory.getLogger(Removal.class).debug("{} is kept", site.root(), failed);
            putBack();
            String code = failed instanceof TrailsException known ? known.code() : "worktree.not-removed";
            return kept(List.of(item(
                    site.root().toString(),
                    Reason.of(
                            code,
                            "It could not be removed safely: " + failed.getMessage(),
                            "See to the cause, then remove the session again"))));
        }
    }

    private RemovalReport remove() throws IOException {
        var inspector = new Inspector(site, request.directory(), policy.rescues(), new CapturedFiles());
        Inspection inspection = inspector.inspect();
        for (int round = 0; round < ROUNDS; round++) {
            steps.reached(Step.INSPECTED);
            List<Finding> obstacles = inspection.obstacles(policy.rescues());
            if (!obstacles.isEmpty()) {
                putBack();
                return kept(obstacles.stream().map(Finding::item).toList());
            }
            SessionRefTable refs = new SessionRefTable(site, inspection.refs());
            if (!inspection.material().isEmpty()) {
                refs = rescue(inspection, refs);
            } else if (!site.isRegistered() || site.tree().isEmpty() || isAside()) {
                steps.reached(Step.CHECKED);
                for (Finding goes : inspection.of(Finding.Weight.GOES)) removed.add(goes.item());
                for (Finding other : inspection.of(Finding.Weight.STAYS)) stays.add(other.item());
                return finish(refs);
            }
            if (site.isRegistered() && site.tree().isPresent() && !isAside()) {
                Files.move(site.root(), site.aside(), StandardCopyOption.ATOMIC_MOVE);
                steps.reached(Step.SET_ASIDE);
            }
            inspection = inspector.inspect(refs);
        }
        putBack();
        return kept(List.of(item(
                site.root().toString(),
                Reason.of(
                        "worktree.changing",
                        "It changes while it is looked at",
                        "End what works in it, then remove the session again"))));
    }

    /** Gives the refs as they are then: all others are deleted only as they were looked at. */
    private SessionRefTable rescue(Inspection inspection, SessionRefTable refs) {
        var writer = new RescueWriter(site, site.git(), request.clock());
        List<Ref> written = writer.write(inspection.material(), refs.trash());
        String prefix = writer.prefix(refs.trash());
        List<Finding> work = inspection.of(Finding.Weight.WORK);
        String what = work.isEmpty()
                ? "the history of the session"
                : String.join(", ", work.stream().map(Finding::what).toList());
        removed.add(item(
                what,
                Reason.of(
                        "worktree.rescued", "It is kept below " + prefix, "io.trails.worktree.Rescues gives it back")));
        work.stream()
                .filter(finding -> finding.reason().code().equals("worktree.stashed"))
                .forEach(finding -> stays.add(finding.item()));
        steps.reached(Step.RESCUED);
        return refs.with(written);
    }

    private RemovalReport finish(SessionRefTable refs) throws IOException {
        var undoing = new Undoing(site, steps);
        boolean ours = undoing.deregister() || refs.start().isPresent();
        if (ours) undoing.deleteRefs(refs, removed, stays);
        steps.reached(Step.REFS_DELETED);
        undoing.deleteFiles(removed, stays);
        steps.reached(Step.FINISHED);
        return new RemovalReport(removed, List.of(), stays);
    }

    private boolean isAside() {
        return Site.isDirectory(site.aside());
    }

    private Optional<Reason> objection() throws IOException {
        boolean known = site.isRegistered() || Site.isDirectory(site.retired());
        if (known || isAside())
            return site.isRegistered() ? Registered.look(site).objection(site) : Optional.empty();
        if (Files.notExists(site.root(), LinkOption.NOFOLLOW_LINKS) || deleteEmpty(site.root()))
            return Optional.empty();
        return Optional.of(Reason.of(
                "worktree.unregistered",
                "Nothing says any more that it was made for the session",
                "Move it away if it is of use, or delete it"));
    }

    private static boolean deleteEmpty(Path directory) {
        try {
            return Site.isDirectory(directory) && Files.deleteIfExists(directory);
        } catch (IOException notEmpty) {
            return false;
        }
    }

    private RemovalReport withoutRepository() {
        if (site.tree().isEmpty()) return RemovalReport.nothing();
        return RemovalReport.kept(
                site.tree().get().toString(),
                Reason.of(
                        "worktree.repository-gone",
                        "Its repository is gone, so nobody can tell what in it is saved",
                        "Bring " + site.common() + " back, or delete it by hand"));
    }

    /** What is kept is usable where it was. */
    private void putBack() {
        if (!isAside() || !site.isRegistered() || Files.exists(site.root(), LinkOption.NOFOLLOW_LINKS)) return;
        try {
            Files.move(site.aside(), site.root(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unmoved) {
            LoggerFactory.getLogger(Removal.class).warn("{} could not be moved back", site.aside(), unmoved);
        }
    }

    private RemovalReport kept(List<RemovalReport.Item> items) {
        new Undoing(site, steps).deleteScratch();
        return new RemovalReport(removed, items, List.of());
    }

    private static RemovalReport.Item item(String what, Reason reason) {
        return new RemovalReport.Item(what, reason);
    }
}
