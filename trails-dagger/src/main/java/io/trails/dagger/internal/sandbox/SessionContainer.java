package io.trails.dagger.internal.sandbox;

import io.trails.BroughtBack;
import io.trails.dagger.internal.connection.EngineConnection;
import io.trails.dagger.internal.connection.EngineLostException;
import io.trails.dagger.internal.connection.GraphException;
import io.trails.dagger.internal.files.Manifest;
import io.trails.dagger.internal.graph.Answers;
import io.trails.dagger.internal.graph.DirectoryId;
import io.trails.dagger.internal.graph.Graph;
import io.trails.dagger.internal.graph.Leaf;
import io.trails.dagger.internal.live.LivePrograms;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The container of one session: made when it is first needed, made anew when its engine has lost it. Everything that works on it
 * waits for its turn. Thread-safe.
 */
final class SessionContainer {
    /** What the root gets at the most when it is made like a volume. */
    static final int SETTLING_LAYERS = 4;

    private final Surroundings with;
    private final HostFiles files;
    private final Bringing bringing;
    private final OperationLog operations;
    private final LivePrograms live;
    private final Losses losses;
    private final Turns turns = new Turns();
    private final Scratch scratch;
    private final Replay replay;
    private final OthersWork others;
    private final WayHome wayHome;

    // Changed in the turn only.
    private volatile @Nullable Situation situation;
    private boolean madeBefore;
    private volatile boolean unsettled;
    /** What the host had when a volume that was taken up last saw it; null when nothing of it is to come back first. */
    private volatile @Nullable Manifest volumeBase;

    SessionContainer(Surroundings with, HostFiles files, boolean madeBefore) {
        this.with = with;
        this.files = files;
        this.madeBefore = madeBefore;
        bringing = new Bringing(with, files);
        operations = new OperationLog(with.plan().own());
        losses = new Losses(with);
        var marks = new RunMarks(with.plan().own());
        live = new LivePrograms(new LiveSide(this));
        scratch = new Scratch(with.plan().own(), marks);
        replay = new Replay(with, files, live, operations, scratch, turns);
        others = new OthersWork(this, files);
        wayHome = new WayHome(this, live, marks);
    }

    Turns turns() {
        return turns;
    }

    Scratch scratch() {
        return scratch;
    }

    Replay replay() {
        return replay;
    }

    WayHome wayHome() {
        return wayHome;
    }

    LivePrograms live() {
        return live;
    }

    /** Waits for the turn, unless a command has it: nobody knows for how long. */
    <T> Optional<T> betweenCommands(String doing, Supplier<T> work) {
        Optional<T> done = turns.betweenCommands(doing, work);
        wayHome.finish();
        return done;
    }

    /** Whether something may have been changed that was not brought out. */
    boolean mayHaveMore() {
        return turns.commanding().isPresent()
                || unsettled
                || live.isLive()
                || (situation == null && wayHome.isLeftOpen());
    }

    /** The container as it is, made if it has to be. */
    Situation now() {
        Situation known = situation;
        if (known != null && !known.engine().isLost()) return known;
        return turns.take("waiting for the container", this::ready);
    }

    /** Replaces the root in turn, and brings out what differs in the new one unless it is still to change. */
    void change(UnaryOperator<DirectoryId> change) {
        turns.take("waiting to change the container", () -> {
            Situation before = ready();
            DirectoryId root = change.apply(before.root());
            if (root.equals(before.root())) return before;
            unsettle(before.withRoot(root, SETTLING_LAYERS));
            if (!live.isLive()) settle();
            return before;
        });
    }

    /** Brings back in turn what has not come back yet. */
    BroughtBack bringBack() {
        return turns.take("waiting to bring files back", this::settle);
    }

    /**
     * Makes the container.
     *
     * @param checkpoint of a session of which it takes its system, if that is still there
     */
    void make(Optional<Saved> checkpoint) {
        turns.take("waiting to make a container", () -> {
            EngineConnection engine = with.engine().get();
            Optional<Saved> usable = Making.usable(checkpoint, engine);
            if (usable.isPresent()) become(making(engine).over(usable.get(), Set.of(), Set.of()));
            return ready();
        });
    }

    Making making(EngineConnection engine) {
        return new Making(with, files, engine);
    }

    /** In the turn: the container as it is, made if it has to be. */
    Situation ready() {
        EngineConnection engine = with.engine().get();
        Situation known = situation;
        if (known != null && known.engine() == engine && !engine.isLost()) {
            Situation shallow = Layers.bounded(known, with.patience());
            situation = shallow;
            return shallow;
        }
        if (known != null) losses.tell(known.engine().generation(), "the connection to its engine ended");
        situation = null;
        long pending = files.pending().version();
        Situation made = making(engine).fresh();
        Situation complete = madeBefore ? recovered(replay.over(made)) : made;
        situation = complete;
        others.isSeen(pending);
        // What the recipe's install commands changed among the session's files.
        unsettled |= !with.plan().recipe().install().isEmpty();
        madeBefore = true;
        return complete;
    }

    /** The same, with what a killed JVM had left on a volume brought out. */
    Situation readyForCommand() {
        Situation now = ready();
        if (volumeBase == null && !live.isLive()) return others.laidInto(now);
        // What users changed is laid over the files: what programs did to these has to be known before.
        settle();
        return ready();
    }

    private Situation recovered(Situation made) {
        // Who asks for the container meanwhile gets this one.
        situation = made;
        if (!live.recover(made.root())) {
            bringing.beginAnew();
            return made;
        }
        Optional<Manifest> seen = files.seen().read();
        // Where nobody knows what the host had when the volume last saw it, any other version there is a conflict.
        volumeBase = seen.orElseGet(Manifest::empty);
        bringing.takeUp();
        unsettled = true;
        // What users did since then has not reached the volume.
        return seen.map(made::withManifest).orElse(made);
    }

    /** In the turn: the container as it is, unless there is none. */
    Optional<Situation> standing() {
        Situation known = situation;
        return known == null || known.engine().isLost() ? Optional.empty() : Optional.of(known);
    }

    /** In the turn: this is the container from now on. */
    void become(Situation next) {
        stand(next);
        others.isSeen(files.pending().version());
    }

    private void stand(Situation next) {
        situation = next;
        madeBefore = true;
        if (live.isLive()) files.seen().keep(next.manifest());
    }

    /** In the turn: a command changed it, and what it changed has not been brought out yet. */
    void changed(Situation next) {
        unsettle(next);
        others.isAddedTo();
    }

    /** In the turn: this is the container from now on, with something that has not been brought out. */
    void unsettle(Situation next) {
        situation = next;
        unsettled = true;
    }

    /** In the turn: whether something was changed that has not been brought out. */
    boolean isUnsettled() {
        return unsettled;
    }

    /** In the turn: this is the container from now on, as it was once. What the host could not have then is asked for again. */
    void goBackTo(Situation then) {
        become(then);
        unsettled = true;
        // Which of what is missing it has is to be known before a command removes some of it.
        if (!files.bringsBack() && !files.pending().withheld().isEmpty()) settle();
    }

    /** In the turn: everything has been brought out. */
    void settled(Bringing.Settled settled) {
        stand(settled.after());
        unsettled = !settled.complete();
        others.isAdded();
    }

    /** In the turn: the container is made of its recipe when it is next needed. */
    void forgetContainer() {
        situation = null;
    }

    Losses losses() {
        return losses;
    }

    OperationLog operations() {
        return operations;
    }

    HostFiles files() {
        return files;
    }

    Surroundings surroundings() {
        return with;
    }

    /** In the turn: its engine is gone. */
    void lost(EngineLostException lost) {
        Situation known = situation;
        if (known != null) losses.tell(known.engine().generation(), String.valueOf(lost.getMessage()));
        situation = null;
    }

    /** In the turn: its engine has it no more. */
    void forget(Situation known, GraphException why) {
        if (!losses.answers(known.engine())) known.engine().close();
        losses.tell(known.engine().generation(), "its engine does not have it any more (" + why.getMessage() + ")");
        situation = null;
    }

    /** In the turn: brings out what was changed and has not been brought out. Asks nobody if there can be nothing. */
    BroughtBack settle() {
        if (situation == null ? !wayHome.isLeftOpen() : !unsettled && !live.isLive()) return BroughtBack.nothing();
        Situation before = ready();
        if (live.isLive()) before = before.withRoot(live.settle(before.root()), SETTLING_LAYERS);
        situation = before;
        var changes = new ChangedFiles(before, Graph.directory(before.root()));
        Answers answers = before.engine().ask(with.patience(), changes.leaves().toArray(new Leaf<?>[0]));
        ChangedFiles.Found found = changes.in(answers);
        Manifest taken = volumeBase;
        Manifest base = taken == null ? before.manifest() : taken;
        others.isAddedTo();
        Bringing.Settled settled = bringing.settle(before, found.now(), found.changed(), found.removed(), base);
        volumeBase = null;
        settled(settled);
        return settled.brought();
    }

    Bringing bringing() {
        return bringing;
    }
}
