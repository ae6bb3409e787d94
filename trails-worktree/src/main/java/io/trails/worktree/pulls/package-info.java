/**
 * Pull requests for the work of a session: {@link io.trails.worktree.pulls.PullRequestPublisher} pushes its branch and opens one,
 * {@link io.trails.worktree.pulls.PullRequests} is what a host implements for a server that is neither GitHub nor GitLab.
 */
@NullMarked
package io.trails.worktree.pulls;

import org.jspecify.annotations.NullMarked;
