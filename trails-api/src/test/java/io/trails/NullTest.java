package io.trails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Null is refused where it is given, by the name of what must not be null, in every public method there is. */
class NullTest {
    /** What nothing here implements: other modules do, and check it, or hosts. */
    private static final Set<Class<?>> ELSEWHERE =
            Set.of(Recording.class, ConflictResolver.class, ConflictResolver.Contents.class);

    @TempDir
    Path project;

    @Test
    void null_is_refused_by_the_name_of_the_parameter() throws Exception {
        List<String> accepted = new ArrayList<>();
        try (var samples = new Samples(project)) {
            for (Class<?> type : publicTypes()) {
                if (ELSEWHERE.contains(type)) continue;
                for (Executable call : calls(type)) {
                    for (int i = 0; i < call.getParameterCount(); i++) {
                        if (call.getParameterTypes()[i].isPrimitive()) continue;
                        Optional<String> wrong = withNull(call, i, samples);
                        if (wrong.isPresent()) accepted.add(wrong.get());
                    }
                }
            }
        }
        assertThat(String.join("\n", accepted)).isEmpty();
    }

    private static Optional<String> withNull(Executable call, int index, Samples samples) throws Exception {
        Class<?>[] types = call.getParameterTypes();
        var arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (i != index) arguments[i] = samples.of(types[i]);
        }
        String where = call.getDeclaringClass().getSimpleName() + "." + call.getName() + " parameter " + index;
        try {
            if (call instanceof Constructor<?> constructor) constructor.newInstance(arguments);
            else ((Method) call).invoke(target((Method) call, samples), arguments);
            return Optional.of(where + " is accepted");
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            String message = String.valueOf(cause.getMessage());
            boolean named = cause instanceof NullPointerException && message.matches("(?!null)[a-z][A-Za-z]*");
            return named ? Optional.empty() : Optional.of(where + ": " + cause);
        }
    }

    private static Object target(Method method, Samples samples) {
        if (Modifier.isStatic(method.getModifiers())) return method.getDeclaringClass();
        return samples.of(method.getDeclaringClass());
    }

    private static List<Executable> calls(Class<?> type) {
        List<Executable> calls = new ArrayList<>();
        if (!type.isEnum()) calls.addAll(List.of(type.getConstructors()));
        for (Method method : type.getMethods()) {
            boolean given = method.getDeclaringClass() != type
                    || method.getName().equals("equals")
                    || (type.isEnum() && method.getName().equals("valueOf"));
            if (!given && !method.isSynthetic()) calls.add(method);
        }
        if (Modifier.isAbstract(type.getModifiers())) calls.removeIf(Constructor.class::isInstance);
        calls.sort(Comparator.comparing(Executable::toString));
        return calls;
    }

    private static List<Class<?>> publicTypes() throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(
                Trails.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes.resolve("io/trails"))) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith(".class") || name.equals("package-info.class")) continue;
                Class<?> type = Class.forName("io.trails." + name.substring(0, name.length() - ".class".length()));
                // What an exception is made of is the engine's and the providers' business.
                if (isPublic(type) && !Throwable.class.isAssignableFrom(type)) types.add(type);
            }
        }
        if (types.size() < 40) fail("Only these were found: " + types);
        return types;
    }

    private static boolean isPublic(Class<?> type) {
        for (Class<?> around = type; around != null; around = around.getEnclosingClass()) {
            if (!Modifier.isPublic(around.getModifiers())) return false;
        }
        return true;
    }
}
