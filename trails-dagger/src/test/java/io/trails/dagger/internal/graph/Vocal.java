package io.trails.dagger.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that can be said, found by reflection: each method of each step, with each kind of value for each parameter. */
final class Vocal {
    private static final List<ExecOptions> EXECS = List.of(
            ExecOptions.of(List.of("true")),
            ExecOptions.of(List.of("/bin/sh", "-c", "exit 3"))
                    .withStdin("text")
                    .withRedirectStdout("/out")
                    .withRedirectStderr("/err")
                    .withExpect(Expect.ANY)
                    .withUseEntrypoint()
                    .withNoInit(),
            ExecOptions.of(List.of()).withRedirectStdin("/in").withExpect(Expect.FAILURE));

    private final Map<String, Leaf<?>> leaves = new LinkedHashMap<>();
    private final Queue<Object> open = new ArrayDeque<>();

    /** By what was called to get there, every leaf. */
    static Map<String, Leaf<?>> leaves() throws ReflectiveOperationException {
        var vocal = new Vocal();
        vocal.explore();
        return vocal.leaves;
    }

    private void explore() throws ReflectiveOperationException {
        Set<Class<?>> explored = new HashSet<>();
        for (Method method : methods(Graph.class)) call(method, null, "Graph");
        while (!open.isEmpty()) {
            Object step = open.poll();
            if (!explored.add(step.getClass())) continue;
            for (Method method : methods(step.getClass()))
                call(method, step, step.getClass().getSimpleName());
        }
        assertThat(explored).as("steps").hasSize(8);
    }

    private static List<Method> methods(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .sorted(Comparator.comparing(Method::toString))
                .toList();
    }

    private void call(Method method, Object receiver, String name) throws ReflectiveOperationException {
        List<List<Object>> argumentLists = List.of(List.of());
        for (Type parameter : method.getGenericParameterTypes())
            argumentLists = product(argumentLists, values(parameter));
        for (List<Object> arguments : argumentLists) {
            Object made = method.invoke(receiver, arguments.toArray());
            String said = name + "." + method.getName() + arguments;
            if (made instanceof Leaf<?> leaf) {
                leaves.put(said, leaf);
            } else {
                open.add(made);
                leaves.put(said + "…", first(made));
            }
        }
    }

    /** A leaf without parameters, to make the step part of a request. */
    private static Leaf<?> first(Object step) throws ReflectiveOperationException {
        for (Method method : methods(step.getClass())) {
            if (method.getParameterCount() == 0 && method.getReturnType() == Leaf.class)
                return (Leaf<?>) method.invoke(step);
        }
        throw new AssertionError("no leaf in " + step.getClass());
    }

    private static List<List<Object>> product(List<List<Object>> lists, List<?> values) {
        List<List<Object>> longer = new ArrayList<>();
        for (List<Object> list : lists) {
            for (Object value : values) {
                var next = new ArrayList<>(list);
                next.add(value);
                longer.add(next);
            }
        }
        return longer;
    }

    private static List<?> values(Type type) {
        if (type == String.class) return List.of("/a \"b\"\\\n\u00e4\ud83d\ude00");
        if (type == Path.class) return List.of(Path.of("/tmp/x"));
        if (type == int.class) return List.of(8080);
        if (type == boolean.class) return List.of(false, true);
        if (type == OptionalLong.class) return List.of(OptionalLong.empty(), OptionalLong.of(1 << 20));
        if (type == Protocol.class) return List.of(Protocol.values());
        if (type == ExecOptions.class) return EXECS;
        if (type == ContainerId.class) return List.of(new ContainerId("c"));
        if (type == DirectoryId.class) return List.of(new DirectoryId("d"));
        if (type == FileId.class) return List.of(new FileId("f"));
        if (type == ServiceId.class) return List.of(new ServiceId("s"));
        if (type == SecretId.class) return List.of(new SecretId("x"));
        if (type == SocketId.class) return List.of(new SocketId("u"));
        if (type == CacheId.class) return List.of(new CacheId("v"));
        if (type instanceof ParameterizedType generic) {
            Type of = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) return List.of(Optional.empty(), Optional.of("1000:1000"));
            if (of == Port.class) return List.of(List.of(Port.tcp(80), new Port(OptionalInt.of(81), 82, Protocol.UDP)));
            if (of == String.class) return List.of(List.of(), List.of("a", "b"));
        }
        throw new AssertionError("no value for " + type);
    }
}
