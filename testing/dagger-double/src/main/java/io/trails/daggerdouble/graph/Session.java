package io.trails.daggerdouble.graph;

import io.trails.daggerdouble.run.Cancel;
import io.trails.daggerdouble.scene.Release;
import io.trails.daggerdouble.tree.Node;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A client's session: what it ends with. Thread-safe. */
public final class Session {

    private final String id;
    private final Path workdir;
    private final Release view;
    final Map<String, Node> uploads = new ConcurrentHashMap<>();
    final Services services = new Services();
    final Set<Cancel> requests = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    public Session(String id, Path workdir, Release view) {
        this.id = id;
        this.workdir = workdir;
        this.view = view;
    }

    public String id() {
        return id;
    }

    Path workdir() {
        return workdir;
    }

    public Release view() {
        return view;
    }

    public boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
        requests.forEach(Cancel::cancel);
        services.stopAll();
    }
}
