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
 * </ul>
 */
public non-sealed interface WorkspaceProvider extends Provider {
    /**
     * Says what would be created. Touches nothing; may draw a random name.
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
     * @param request the same as then
     * @return the workspace
     */
    Workspace create(Plan plan, WorkspaceRequest request);

    /**
     * Takes up what was created, in this or another JVM.
     *
     * @param plan from {@link #plan}
     * @return the workspace
     * @throws ResourceLostException if it is gone
     */
    Workspace open(Plan plan);

    /**
     * Removes what was created and loses nothing.
     *
     * @param plan from {@link #plan}
     * @param policy what may be done
     * @return what was removed, what was kept, and why
     */
    RemovalReport remove(Plan plan, RemovalPolicy policy);
}
