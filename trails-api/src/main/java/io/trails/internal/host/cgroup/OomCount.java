package io.trails.internal.host.cgroup;

/**
 * How often a group has run out of memory.
 *
 * @param limitReached how often its own limit left no room for what was asked for
 * @param kills how many of its processes the kernel has killed for want of memory, its own or the machine's
 */
public record OomCount(long limitReached, long kills) {
    /** Whether processes were killed since, and for the group's own limit. */
    public boolean exceeds(OomCount before) {
        return limitReached > before.limitReached && kills > before.kills;
    }
}
