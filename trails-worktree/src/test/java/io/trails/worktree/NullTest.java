package io.trails.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import io.trails.Mode;
import io.trails.Reason;
import io.trails.Session;
import io.trails.SessionSpec;
import io.trails.Trails;
import io.trails.spi.Provider;
import io.trails.worktree.fixture.TestRepository;
import io.trails.worktree.pulls.AccessToken;
import io.trails.worktree.pulls.PullRequest;
import io.trails.worktree.pulls.PullRequestPublisher;
import io.trails.worktree.pulls.PullRequestSpec;
import io.trails.worktree.pulls.PullRequestTarget;
import io.trails.worktree.pulls.PullRequests;
import io.trails.worktree.pulls.RemoteUrl;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Null is refused where it is given, by the name of what must not be null, in every public method for hosts. */
class NullTest {
    private final Map<Class<?>, Object> samples = new HashMap<>();

    @TempDir
    private Path folder;

    @Test
    void null_is_refused_by_the_name_of_the_parameter() throws Exception {
        TestRepository repository = TestRepository.init(folder.resolve("project"));
        repository.commit("Start");
        List<String> accepted = new ArrayList<>();
        try (Trails trails = Trails.builder(repository.directory())
                .environment(repository.environment())
                .build()) {
            SessionSpec spec = SessionSpec.named("sample").mode(Mode.DIRECT).build();
            collect(repository, trails.open(spec));
            for (Class<?> type : types()) {
                for (Executable call : calls(type)) {
                    for (int i = 0; i < call.getParameterCount(); i++) {
                        if (call.getParameterTypes()[i].isPrimitive()) continue;
                        withNull(call, i).ifPresent(accepted::add);
                    }
                }
            }
        }
        assertThat(String.join("\n", accepted)).isEmpty();
    }

    private void collect(TestRepository repository, Session session) {
        RemoteUrl remote = RemoteUrl.parse("https://github.com/some/where.git").orElseThrow();
        samples.put(Session.class, session);
        samples.put(Path.class, repository.directory());
        samples.put(String.class, "a");
        samples.put(String[].class, new String[] {"a"});
        samples.put(Map.class, repository.environment());
        samples.put(List.class, List.of());
        samples.put(Optional.class, Optional.empty());
        samples.put(OptionalInt.class, OptionalInt.empty());
        samples.put(Clock.class, Clock.systemUTC());
        samples.put(Instant.class, Instant.EPOCH);
        samples.put(Duration.class, Duration.ofSeconds(1));
        samples.put(URI.class, URI.create("https://example.org"));
        samples.put(Reason.class, Reason.of("a.code", "A message"));
        samples.put(int.class, 1);
        samples.put(long.class, 1L);
        samples.put(boolean.class, false);
        samples.put(RemoteUrl.class, remote);
        samples.put(Rescues.class, Rescues.of(repository.directory(), repository.environment()));
        samples.put(
                Rescue.class,
                new Rescue("a", "a", Instant.EPOCH, Optional.empty(), "0".repeat(40), 0, "A message", List.of()));
        samples.put(AccessToken.class, AccessToken.of("a"));
        samples.put(PullRequest.class, new PullRequest(1, URI.create("https://example.org"), "A title", false));
        samples.put(PullRequestTarget.class, new PullRequestTarget(remote, "main", remote, "fix"));
        samples.put(PullRequestSpec.class, PullRequestSpec.titled("A title").build());
        samples.put(PullRequestSpec.Builder.class, PullRequestSpec.titled("A title"));
        samples.put(PullRequestPublisher.class, PullRequestPublisher.of(repository.directory(), "main"));
        samples.put(PullRequests.class, server());
    }

    private static PullRequests server() {
        return (PullRequests) Proxy.newProxyInstance(
                PullRequests.class.getClassLoader(), new Class<?>[] {PullRequests.class}, (proxy, method, given) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private Optional<String> withNull(Executable call, int index) throws ReflectiveOperationException {
        Class<?>[] types = call.getParameterTypes();
        var arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (i != index) arguments[i] = sample(types[i]);
        }
        String where = call.getDeclaringClass().getSimpleName() + "." + call.getName() + " parameter " + index;
        try {
            if (call instanceof Constructor<?> constructor) constructor.newInstance(arguments);
            else ((Method) call).invoke(target((Method) call), arguments);
            return Optional.of(where + " is accepted");
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            String message = String.valueOf(cause.getMessage());
            boolean named = cause instanceof NullPointerException && message.matches("(?!null)[a-z][A-Za-z]*");
            return named ? Optional.empty() : Optional.of(where + ": " + cause);
        }
    }

    private Object target(Method method) {
        if (Modifier.isStatic(method.getModifiers())) return method.getDeclaringClass();
        return sample(method.getDeclaringClass());
    }

    private Object sample(Class<?> type) {
        Object sample = samples.get(type);
        if (sample == null) throw new AssertionError("A sample of " + type + " is missing");
        return sample;
    }

    private static List<Executable> calls(Class<?> type) {
        List<Executable> calls = new ArrayList<>(List.of(type.getConstructors()));
        for (Method method : type.getMethods()) {
            boolean own = method.getDeclaringClass() == type && !method.isSynthetic();
            if (own && !method.getName().equals("equals")) calls.add(method);
        }
        return calls;
    }

    /** Providers are given what the engine gives them, and servers what the publisher does. */
    private static List<Class<?>> types() throws IOException, URISyntaxException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        Path classes = Path.of(Rescues.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        for (String name : List.of("io.trails.worktree.", "io.trails.worktree.pulls.")) {
            try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
                for (Path file : files.sorted().toList()) {
                    String simple = file.getFileName().toString();
                    if (!simple.endsWith(".class") || simple.equals("package-info.class")) continue;
                    Class<?> type = Class.forName(name + simple.substring(0, simple.length() - ".class".length()));
                    if (isForHosts(type)) types.add(type);
                }
            }
        }
        assertThat(types).hasSizeGreaterThan(10);
        return types;
    }

    private static boolean isForHosts(Class<?> type) {
        for (Class<?> around = type; around != null; around = around.getEnclosingClass()) {
            if (!Modifier.isPublic(around.getModifiers())) return false;
        }
        boolean provider = Provider.class.isAssignableFrom(type);
        return !provider && !PullRequests.class.isAssignableFrom(type);
    }
}
