package io.trails.spi;

import io.trails.RemovalPolicy;
import io.trails.RemovalReport;
import java.util.Optional;

/**
 * Gives a session its files and their history.
 *
 * <ul>
 *   <li>{@code W-01} {@link #locate} is pure and gives the location that the created workspace then has.
 *   <li>{@code W-02} {@link #create} leaves the project's own files as they were.
 *   <li>{@code W-03} {@link Workspace#changes()} of a fresh workspace is empty.
 *   <li>{@code W-04} A file that was added, modified or deleted in the workspace's location appears in
 *       {@link Workspace#changes()} with that kind, under its path with '/' separators; or a caveat says why it may not.
 *   <li>{@code W-05} {@link Workspace#changes()} writes nothing a user or a tool of theirs could notice.
 *   <li>{@code W-06} {@link #remove} loses no byte: what is not saved elsewhere is kept and reported.
 *   <li>{@code W-07} {@link Workspace#changes()} after {@link #open} is against the same point as before.
 *   <li>{@code W-08} Two sessions of one provider do not see each other's bookkeeping.
 *   <li>{@code W-09} If {@link #isolates()} has {@code FILES}, what is written in one workspace is not seen in the project.
 *   <li>{@code W-10} Nothing below {@link WorkspaceRequest#stateDirectory()} appears in {@link Workspace#changes()} but
 *       {@code settings.json}.
 *   <li>{@code W-11} What {@link Workspace#capabilities()} does not have is answered with {@code workspace.unsupported}.
 *   <li>{@code W-12} {@link Workspace#diff} gives the files of {@link Workspace#changes()} with their lines, and what
 *       {@link Workspace#writePatch} writes turns the starting point into the files as they are.
 *   <li>{@code W-13} {@link Workspace#checkpoint} writes nothing a user or a tool of theirs could notice in the files, and
 *       {@link Workspace#restore} brings back every byte, also of new and of deleted files, and keeps what was there before.
 *   <li>{@code W-14} {@link Workspace#checkpoints()} after {@link #open} are the same as before.
 *   <li>{@code W-15} {@link Workspace#preview} writes nothing and says what {@link Workspace#merge} would do.
 *   <li>{@code W-16} {@link Workspace#merge} brings committed and uncommitted work to the target; a second one is up to date.
 *   <li>{@code W-17} A merge that is not {@link io.trails.MergeResult.Merged} leaves the target and the project's files as they
 *       were.
 *   <li>{@code W-18} With {@link RemovalPolicy#rescuing()}, {@link #remove} keeps nothing because of work that is not saved, and
 *       the work can be had back.
 * </ul>
 */
public non-sealed interface WorkspaceProvider extends Provider {
    /**
     * Says what would be created. Touches nothing; may look at the project, and draw a random name. Everything that is only told
     * to it is in the plan afterwards.
     *
     * @param request what is asked for
     * @return the plan
     */
    Plan plan(WorkspaceRequest request);

    /**
     * Where the files of a planned workspace are or will be. Pure.
     *
     * @param plan from {@link #plan}
     * @return the location
     */
    Location locate(Plan plan);

    /**
     * The branch a planned workspace's work is or will be on. Pure.
     *
     * @param plan from {@link #plan}
     * @return its name, or empty if there is none
     */
    default Optional<String> branch(Plan plan) {
        return Optional.empty();
    }

    /**
     * Which type {@link #locate} returns, so that the joint can be checked before anything is planned.
     *
     * @return always the same type
     */
    default Class<? extends Location> locationType() {
        return HostDirectory.class;
    }

    /**
     * Creates what was planned, or finishes or adopts what a crash left of it.
     *
     * @param plan from {@link #plan}
     * @param request the same as then; after a crash, without what only {@code plan} is told
     * @return the workspace
     */
    Workspace create(Plan plan, WorkspaceRequest request);

    /**
     * Takes up what was created, in this or another JVM.
     *
     * @param plan from {@link #plan}
     * @param request the same as then, without what only {@code plan} is told
     * @return the workspace
     * @throws ResourceLostException if it is gone
     */
    Workspace open(Plan plan, WorkspaceRequest request);

    /**
     * Removes what was created and loses nothing.
     *
     * @param plan from {@link #plan}
     * @param request the same as then, without what only {@code plan} is told
     * @param policy what may be done
     * @return what was removed, what was kept, and why
     */
    RemovalReport remove(Plan plan, WorkspaceRequest request, RemovalPolicy policy);
}
