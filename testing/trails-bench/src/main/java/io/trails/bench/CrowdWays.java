package io.trails.bench;

import io.trails.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The ways of many sessions in containers that share one connection to their engine. */
final class CrowdWays {
    private static final Size SIZE = Size.SMALL;
    private static final int DEADLINE_MINUTES = 5;

    private CrowdWays() {}

    /** The sessions and as many threads. */
    private record Crowd(OwnContainers containers, List<Session> sessions, ExecutorService threads)
            implements AutoCloseable {
        void together(List<? extends Callable<?>> tasks) throws Exception {
            List<Future<?>> running = new ArrayList<>();
            for (Callable<?> task : tasks) running.add(threads.submit(task));
            for (Future<?> one : running) one.get(DEADLINE_MINUTES, TimeUnit.MINUTES);
        }

        List<Callable<?>> each(int count) {
            List<Callable<?>> tasks = new ArrayList<>();
            for (Session session : sessions.subList(0, count)) tasks.add(() -> session.exec("true").orThrow());
            return tasks;
        }

        @Override
        public void close() {
            threads.shutdown();
        }
    }

    private static Crowd crowd(Stage stage, int count) throws Exception {
        return stage.shared("crowd", () -> {
            OwnContainers containers = OwnContainers.of(stage, SIZE);
            List<Session> sessions = new ArrayList<>();
            for (int i = 0; i < count; i++) sessions.add(containers.open());
            return stage.keep(new Crowd(containers, sessions, Executors.newFixedThreadPool(count)));
        });
    }

    static Contest.Made bare(int count) {
        return stage -> {
            Crowd crowd = crowd(stage, count);
            List<Callable<?>> tasks = new ArrayList<>();
            for (Session session : crowd.sessions) {
                BareExec bare = crowd.containers.bare(session, "true");
                tasks.add(bare::run);
            }
            return Way.timed(() -> crowd.together(tasks));
        };
    }

    static Contest.Made together(int count) {
        return stage -> {
            Crowd crowd = crowd(stage, count);
            return Way.timed(() -> crowd.together(crowd.each(count)));
        };
    }

    static Contest.Made alone(int count) {
        return stage -> {
            Session one = crowd(stage, count).sessions.get(0);
            return Way.timed(() -> one.exec("true").orThrow());
        };
    }

    /** All but the last one. */
    static Contest.Made quick(int count) {
        return stage -> {
            Crowd crowd = crowd(stage, count);
            return Way.timed(() -> crowd.together(crowd.each(count - 1)));
        };
    }

    /** All but the last one, which is still at work when they are done. */
    static Contest.Made quickBesideSlow(int count, int seconds) {
        return stage -> {
            Crowd crowd = crowd(stage, count);
            Session last = crowd.sessions.get(count - 1);
            return () -> {
                long before = crowd.containers.engine().running();
                Future<?> slow = crowd.threads.submit(
                        () -> last.exec("sleep", Integer.toString(seconds)).orThrow());
                while (crowd.containers.engine().running() == before) Thread.onSpinWait();
                long took = Way.time(() -> crowd.together(crowd.each(count - 1)));
                if (slow.isDone()) throw new IllegalStateException("The slow one was not slow enough");
                slow.get(DEADLINE_MINUTES, TimeUnit.MINUTES);
                return took;
            };
        };
    }
}
