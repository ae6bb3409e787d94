package io.trails.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What sessions in containers cost beside their own HTTP requests, sent again bare. The engine is played by a process of its own,
 * and answers both the same, so this is about what trails adds and not about what an engine takes.
 */
final class ContainerRows {
    private static final int TOGETHER = 50;
    private static final int SLOW_SECONDS = 5;
    private static final Size MANY_FILES = new Size(50_000, 2_000);
    private static final long MOST_HEAP = 50_000_000;

    private ContainerRows() {}

    static List<Contest> all() {
        return List.of(
                commands(Size.SMALL, Contest.Effort.medium()),
                commands(MANY_FILES, Contest.Effort.heavy(15)),
                bringingBack(),
                together(),
                besideSlow(),
                output());
    }

    private static Contest commands(Size size, Contest.Effort effort) {
        var requests = new AtomicLong();
        return new Contest(effort, "its requests, sent bare", ContainerWays.bareTrue(size))
                .entry(
                        "container, `session.exec(\"true\")`, " + size,
                        Target.ratio(1.3),
                        ContainerWays.execTrue(size, requests),
                        () -> "HTTP requests, as counted by the engine: " + requests + ", of 3 that it may need.");
    }

    private static Contest bringingBack() {
        Size size = MANY_FILES;
        String what = "container, 10 changed files of " + size + " brought back";
        return new Contest(
                        Contest.Effort.heavy(15),
                        "the request that fetches them, sent bare, and 10 `Files.copy`",
                        ContainerWays.fetchAndCopy(size))
                .entry(
                        what,
                        Target.ratio(2),
                        ContainerWays.bringBack(size),
                        "All that `session.exec` takes beside the time until its command's request is answered.")
                .entry(
                        what + ", as the least that never shows half of a file: each copied beside and renamed",
                        Target.none(),
                        ContainerWays.fetchAndReplace(size));
    }

    private static Contest together() {
        return new Contest(
                        Contest.Effort.heavy(15),
                        "the requests of " + TOGETHER + ", sent bare by as many threads",
                        CrowdWays.bare(TOGETHER))
                .entry(
                        "container, " + TOGETHER + " `session.exec(\"true\")` of as many sessions at the same time",
                        Target.ratio(1.3),
                        CrowdWays.together(TOGETHER))
                .entry(
                        "container, one `session.exec(\"true\")` alone",
                        Target.none(),
                        CrowdWays.alone(TOGETHER));
    }

    private static Contest besideSlow() {
        int quick = TOGETHER - 1;
        return new Contest(
                        Contest.Effort.heavy(9),
                        quick + " `session.exec(\"true\")` of as many sessions at the same time",
                        CrowdWays.quick(TOGETHER))
                .entry(
                        "container, the same " + quick + " while a command of another session takes " + SLOW_SECONDS
                                + " s over the same connection",
                        Target.ratio(1.3),
                        CrowdWays.quickBesideSlow(TOGETHER, SLOW_SECONDS));
    }

    private static Contest output() {
        return new Contest(
                        Contest.Effort.ofMemory(5),
                        "its request, sent bare, and its output read by 64 KiB",
                        ContainerWays.heap(true))
                .entry(
                        "container, peak use of the heap, garbage included, with 100 MiB of output through `session.exec`"
                                + " and `-Xmx64m`",
                        Target.bytes(MOST_HEAP),
                        ContainerWays.heap(false));
    }
}
