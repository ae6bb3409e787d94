package io.trails.bench;

import io.trails.ExecResult;
import io.trails.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The ways of one session in a container, and of who sends its requests himself. */
final class ContainerWays {
    private static final int CHANGED = 10;
    private static final int MOST_REQUESTS = 3;

    private ContainerWays() {}

    /** A session whose commands are run, and run again bare. */
    private record One(OwnContainers containers, Session session) {}

    private static One one(Stage stage, Size size) throws Exception {
        return stage.shared("one in " + size, () -> {
            OwnContainers containers = OwnContainers.of(stage, size);
            return new One(containers, containers.open());
        });
    }

    static Contest.Made bareTrue(Size size) {
        return stage -> {
            One one = one(stage, size);
            BareExec bare = one.containers.bare(one.session, "true");
            return Way.timed(bare::run);
        };
    }

    /** @param requests gets the number of requests that one command needs */
    static Contest.Made execTrue(Size size, AtomicLong requests) {
        return stage -> {
            One one = one(stage, size);
            OwnEngine engine = one.containers.engine();
            return () -> {
                long before = engine.requests();
                long took = Way.time(() -> one.session.exec("true").orThrow());
                requests.set(Math.max(requests.get(), engine.requests() - before));
                if (requests.get() > MOST_REQUESTS) throw new IllegalStateException(requests + " requests");
                return took;
            };
        };
    }

    private static List<String> changed(Size size) {
        return IntStream.range(0, CHANGED)
                .mapToObj(i -> BenchRepository.path(i * (size.files() / CHANGED)))
                .toList();
    }

    private static String[] changing(Size size) {
        return new String[] {"sh", "-c", "for f in " + String.join(" ", changed(size)) + "; do echo more >> $f; done"};
    }

    /** All that a command takes but the time until its own request is answered: that includes what is done before it is sent. */
    static Contest.Made bringBack(Size size) {
        return stage -> {
            One one = one(stage, size);
            Path last = OwnContainers.directory(one.session)
                    .resolve(changed(size).get(CHANGED - 1));
            String[] command = changing(size);
            return () -> {
                long length = Files.size(last);
                long start = System.nanoTime();
                ExecResult result = one.session.exec(command);
                long took = System.nanoTime() - start;
                result.orThrow();
                if (Files.size(last) == length) throw new IllegalStateException(last + " did not come back");
                return took - result.elapsed().toNanos();
            };
        };
    }

    /** The request that gets the files, and what is done with each of them. */
    private static Contest.Made fetch(Size size, Placing placing) {
        return stage -> {
            One one = one(stage, size);
            BareExec bare = stage.shared("bare changes of " + size, () -> one.containers.bare(one.session, changing(size)));
            Path tree = Path.of(one.containers.project());
            List<String> files = changed(size);
            return () -> {
                String query = bare.fetching(bare.run());
                long took = Way.time(() -> {
                    one.containers.engine().ask(query);
                    for (String file : files) placing.place(bare.staging().resolve(file), tree.resolve(file));
                });
                Scratch.delete(bare.staging());
                return took;
            };
        };
    }

    private interface Placing {
        void place(Path from, Path to) throws IOException;
    }

    static Contest.Made fetchAndCopy(Size size) {
        return fetch(size, (from, to) -> Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING));
    }

    /** So that nobody ever sees half of a file. */
    static Contest.Made fetchAndReplace(Size size) {
        return fetch(size, (from, to) -> {
            Path fresh = to.resolveSibling(to.getFileName() + ".new");
            Files.copy(from, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.move(fresh, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /** A heap that is measured in a JVM of its own. */
    static Contest.Made heap(boolean bare) {
        return stage -> {
            One one = one(stage, Size.SMALL);
            BareExec sent = stage.shared("much output", () -> one.containers.bare(one.session, BigOutput.COMMAND));
            return () -> BigOutput.peakHeap(one.containers, bare ? List.of(sent.again()) : List.of());
        };
    }
}
