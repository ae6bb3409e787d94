package io.trails.daggerdouble.graph;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A container's configuration; changed only in a copy, by {@link #with}. */
final class Spec {

    final Map<String, String> env = new LinkedHashMap<>();
    final Map<String, Value.Secret> secrets = new LinkedHashMap<>();
    final Map<String, Service> bindings = new LinkedHashMap<>();
    final Map<String, String> labels = new LinkedHashMap<>();
    final List<Value.Mounted> mounts = new ArrayList<>();
    final List<Value.Port> ports = new ArrayList<>();
    List<String> entrypoint = List.of();
    List<String> defaultArgs = List.of();
    Path workdir = Path.of("/");
    String user = "";
    String imageRef = "";

    Spec with(Consumer<Spec> change) {
        Spec copy = new Spec();
        copy.env.putAll(env);
        copy.secrets.putAll(secrets);
        copy.bindings.putAll(bindings);
        copy.labels.putAll(labels);
        copy.mounts.addAll(mounts);
        copy.ports.addAll(ports);
        copy.entrypoint = entrypoint;
        copy.defaultArgs = defaultArgs;
        copy.workdir = workdir;
        copy.user = user;
        copy.imageRef = imageRef;
        change.accept(copy);
        return copy;
    }

    Path resolve(String path) {
        return workdir.resolve(path).normalize();
    }
}
